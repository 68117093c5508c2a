export interface Period {
  value: string;
  year: number;
  /** The first or the second; of the whole year, none. */
  half?: 1 | 2;
}

/** This year, those of its halves that have begun, and last year. */
export function periods(today: Date): [Period, ...Period[]] {
  const year = today.getFullYear();
  const halves: (1 | 2)[] = today.getMonth() < 6 ? [1] : [2, 1];
  return [
    { value: `${year}`, year },
    ...halves.map((half) => ({ value: `${year}-${half}`, year, half })),
    { value: `${year - 1}`, year: year - 1 }
  ];
}
