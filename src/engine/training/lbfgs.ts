// Minimises a smooth convex function by L-BFGS: Nocedal & Wright, Numerical Optimization, algorithms 7.4 and 7.5,
// with a backtracking line search.
import type { Pause } from "./pause.ts";

/** Steps that the curvature is estimated from. */
const MEMORY = 10;
/** Share of the promised decrease that a step must bring. */
const ARMIJO = 1e-4;
const SHRINKS_MAX = 30;

/** The value at `x`; writes the gradient there into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

type Step = { readonly s: Float64Array; readonly y: Float64Array; readonly rho: number };
type Point = { readonly x: Float64Array; readonly gradient: Float64Array; readonly value: number };

/** The minimum, to a gradient of `tolerance` times that at the start, or what `iterations` steps reach. */
export async function minimise(
  objective: Objective,
  start: Float64Array,
  options: { readonly iterations: number; readonly tolerance: number; readonly pause: Pause },
): Promise<Float64Array> {
  let point = at(objective, start);
  const enough = options.tolerance * norm(point.gradient);
  const steps: Step[] = [];
  for (let i = 0; i < options.iterations && norm(point.gradient) > enough; i++) {
    const direction = descent(point.gradient, steps);
    const next = await search(objective, point, direction, options.pause);
    if (next === undefined) break; // no smaller value within the precision of a double
    remember(steps, point, next);
    point = next;
  }
  return point.x;
}

function at(objective: Objective, x: Float64Array): Point {
  const gradient = new Float64Array(x.length);
  return { x, gradient, value: objective(x, gradient) };
}

// Minus the estimated inverse Hessian times the gradient (two-loop recursion).
function descent(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((g) => -g);
  const alphas: number[] = [];
  for (const { s, y, rho } of [...steps].reverse()) {
    const alpha = rho * inner(s, direction);
    alphas.push(alpha);
    addScaled(direction, -alpha, y);
  }
  const last = steps.at(-1);
  const scale = last ? 1 / (last.rho * inner(last.y, last.y)) : 1 / Math.max(1, norm(gradient));
  for (let i = 0; i < direction.length; i++) direction[i]! *= scale;
  for (const { s, y, rho } of steps) {
    addScaled(direction, (alphas.pop() ?? 0) - rho * inner(y, direction), s);
  }
  return direction;
}

async function search(
  objective: Objective,
  from: Point,
  direction: Float64Array,
  pause: Pause,
): Promise<Point | undefined> {
  const slope = inner(from.gradient, direction);
  let length = 1;
  for (let i = 0; i < SHRINKS_MAX; i++) {
    const x = from.x.slice();
    addScaled(x, length, direction);
    const next = at(objective, x);
    await pause();
    if (next.value < from.value && next.value <= from.value + ARMIJO * length * slope) return next;
    length /= 2;
  }
  return undefined;
}

function remember(steps: Step[], from: Point, to: Point): void {
  const s = to.x.map((x, i) => x - from.x[i]!);
  const y = to.gradient.map((g, i) => g - from.gradient[i]!);
  const curvature = inner(s, y);
  if (curvature < 1e-12) return;
  steps.push({ s, y, rho: 1 / curvature });
  if (steps.length > MEMORY) steps.shift();
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function norm(a: Float64Array): number {
  return Math.sqrt(inner(a, a));
}

function addScaled(to: Float64Array, factor: number, from: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * from[i]!;
}
