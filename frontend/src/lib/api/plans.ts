import { at, T } from './calls';
import { ask, client } from './client';
import type { components } from './schema';
import type { Place } from './types';

type Shapes = components['schemas'];

export type Goal = Shapes['GoalOut'];
export type Action = Shapes['ActionOut'];
export type Step = Goal['history'][number] | Action['history'][number];
export type Area = Shapes['Area'];
export type Scale = Shapes['ScaleOut'];
export type Rating = Shapes['WellbeingOut'];
export type Round = Shapes['RoundOut'];
export type Colour = Shapes['Colour'];
export type Evaluation = Shapes['EvaluationOut'];
/** What is planned, and how it goes. */
export type Plan = Shapes['PlanOut'] & Shapes['ProgressOut'];

const of = <P>(place: Place, more: P) => ({ params: { path: { ...at(place).params.path, ...more } } });

export const getPlan = (place: Place) => ask(client.GET(`${T}/goals`, at(place)));
export const getProgress = (place: Place) => ask(client.GET(`${T}/progress`, at(place)));
export const setGoal = (place: Place, body: Shapes['NewGoal']) => ask(client.POST(`${T}/goals`, { ...at(place), body }));
export const changeGoal = (place: Place, goal: string, body: Shapes['NewGoalChange']) =>
  ask(client.POST(`${T}/goals/{goal}/changes`, { ...of(place, { goal }), body }));
export const planAction = (place: Place, body: Shapes['NewAction']) =>
  ask(client.POST(`${T}/actions`, { ...at(place), body }));
export const changeAction = (place: Place, action: string, body: Shapes['NewActionChange']) =>
  ask(client.POST(`${T}/actions/{action}/changes`, { ...of(place, { action }), body }));
export const giveScale = (place: Place, body: Shapes['NewScale']) => ask(client.POST(`${T}/scales`, { ...at(place), body }));
export const rateWellbeing = (place: Place, body: Shapes['NewWellbeing']) =>
  ask(client.POST(`${T}/wellbeing`, { ...at(place), body }));
export const planEvaluation = (place: Place, body: Shapes['NewEvaluation']) =>
  ask(client.POST(`${T}/evaluations`, { ...at(place), body }));
export const evaluate = (place: Place, evaluation: string, body: Shapes['NewEvaluationView']) =>
  ask(client.POST(`${T}/evaluations/{evaluation}/views`, { ...of(place, { evaluation }), body }));
