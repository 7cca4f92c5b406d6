// What counts objects in a caption: a file of its own, for collections in which a detector has found some.
import { findCounts } from "../../../src/sentence/counts.ts";
import { objectLabelOf } from "../../../src/sentence/object-label.ts";
import type { Counter } from "../query.ts";

/** `labels`: of the detector, in its words. */
export function countObjects(labels: readonly string[]): Counter {
  return {
    findCounts,
    toFilter({ noun, least, most }) {
      const label = objectLabelOf(noun, labels);
      return label === undefined ? undefined : { kind: "objects", label, least, most };
    },
  };
}
