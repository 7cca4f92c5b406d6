// How much an app holds.
import type { App, Engine } from "../../engine/engine.ts";

export async function toResourceCounts(engine: Engine, app: App) {
  const [datasets, models, workflows, inputs] = await Promise.all([
    engine.datasets.size(app),
    engine.records.count(app, { kind: "model" }),
    engine.records.count(app, { kind: "workflow" }),
    engine.countInputs(app),
  ]);
  return {
    datasets: BigInt(datasets),
    models: BigInt(models),
    workflows: BigInt(workflows),
    modules: 0n,
    inputs: BigInt(Object.values(inputs).reduce((sum, count) => sum + count, 0)),
  };
}
