import type { Declaration, Plugin } from 'postcss';

const SIDES: Record<string, string> = { left: 'inline-start', right: 'inline-end' };
const CORNERS: Record<string, string> = {
  'border-top-left-radius': 'border-start-start-radius',
  'border-top-right-radius': 'border-start-end-radius',
  'border-bottom-left-radius': 'border-end-start-radius',
  'border-bottom-right-radius': 'border-end-end-radius'
};

function logicalName(prop: string): string {
  if (prop in CORNERS) return CORNERS[prop];
  if (prop in SIDES) return `inset-${SIDES[prop]}`;
  return prop.replace(
    /^(margin|padding|border|scroll-margin|scroll-padding)-(left|right)(?=$|-)/,
    (_, base: string, side: string) => `${base}-${SIDES[side]}`
  );
}

/** The design system writes left and right; right-to-left languages need start and end. */
export function logical(): Plugin {
  return {
    postcssPlugin: 'logical-properties',
    Declaration(declaration: Declaration) {
      const name = logicalName(declaration.prop);
      if (name !== declaration.prop) declaration.prop = name;
      if (declaration.prop === 'text-align' || declaration.prop === 'float') {
        const value = { left: 'start', right: 'end' }[declaration.value];
        if (value) declaration.value = declaration.prop === 'float' ? `inline-${value}` : value;
      }
    }
  };
}
