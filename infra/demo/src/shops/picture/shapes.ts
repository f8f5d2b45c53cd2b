import { carried } from './shapes-carried.ts';
import { gardening } from './shapes-garden.ts';
import { industry } from './shapes-industrial.ts';
import { light } from './shapes-light.ts';
import { pantry } from './shapes-pantry.ts';
import { tableware } from './shapes-tableware.ts';
import { textile } from './shapes-textile.ts';

/** All shapes, by the name that a design refers to. */
export const shapes = { ...tableware, ...textile, ...light, ...pantry, ...carried, ...gardening, ...industry };

export type ShapeName = keyof typeof shapes;
