// Clusters -> names: the concept of the vocabulary that each one shows more than the rest does.
import type { Prediction } from "../engine.ts";

/** How much a concept must be in the rest to count against it. */
const COMMON = 0.02;

/** Mean predicted values by concept name. */
type Profile = ReadonlyMap<string, number>;

/** A name for each cluster, none twice; "" where no concept is left. `clusters`: predictions of some of its inputs. */
export function nameClusters(
  clusters: readonly (readonly (readonly Prediction[])[])[],
): readonly string[] {
  const profiles = clusters.map(profileOf);
  const rest = profiles.map((_, i) => meanOf(profiles.filter((_other, j) => j !== i)));
  const claims = profiles.flatMap((profile, cluster) =>
    [...profile].map(([name, value]) => ({
      cluster,
      name,
      score: value * Math.log((value + COMMON) / ((rest[cluster]?.get(name) ?? 0) + COMMON)),
    })),
  );
  claims.sort((a, b) => b.score - a.score || a.cluster - b.cluster || (a.name < b.name ? -1 : 1));
  const names = new Map<number, string>();
  const taken = new Set<string>();
  for (const { cluster, name } of claims) {
    if (names.has(cluster) || taken.has(name)) continue;
    names.set(cluster, name);
    taken.add(name);
  }
  return clusters.map((_, cluster) => names.get(cluster) ?? "");
}

function profileOf(inputs: readonly (readonly Prediction[])[]): Profile {
  const sums = new Map<string, number>();
  for (const { name, value } of inputs.flat()) sums.set(name, (sums.get(name) ?? 0) + value);
  return new Map([...sums].map(([name, sum]) => [name, sum / inputs.length]));
}

function meanOf(profiles: readonly Profile[]): Profile {
  const sums = new Map<string, number>();
  for (const profile of profiles) {
    for (const [name, value] of profile) {
      sums.set(name, (sums.get(name) ?? 0) + value / profiles.length);
    }
  }
  return sums;
}
