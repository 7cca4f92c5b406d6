// What annotations say about parts of an image.
import { type CallOptions, type Connection, call, v2Path } from "./connection.ts";
import type { WireAnnotationsReply, WireRegion } from "./wire.ts";

type Point = { readonly x: number; readonly y: number };

export type Region = {
  readonly id: string;
  /** Corners in shares of width and height, 0..1 from the top left; one corner: a point. */
  readonly corners: readonly Point[];
  /** What is there, surest first. */
  readonly names: readonly string[];
  /** What stands there to be read; "" if nothing. */
  readonly text: string;
};

export function regionCalls(connection: Connection) {
  return {
    /** Boxes, polygons and points that people and models marked in an input. */
    async regions(inputId: string, options?: CallOptions): Promise<readonly Region[]> {
      const query = `input_ids=${encodeURIComponent(inputId)}&list_all_annotations=true`;
      const path = `${v2Path(connection, "annotations")}?${query}`;
      return toRegions(
        await call<WireAnnotationsReply>(connection, "GET", path, undefined, options),
      );
    },
  };
}

export function toRegions(reply: WireAnnotationsReply): readonly Region[] {
  return (reply.annotations ?? []).flatMap((annotation, i) =>
    (annotation.data?.regions ?? []).flatMap((wire, n) => {
      const corners = toCorners(wire);
      if (corners.length === 0) return [];
      const concepts = [...(wire.data?.concepts ?? [])];
      concepts.sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
      const names = concepts.filter(({ value = 0 }) => value > 0).map(({ name }) => name);
      return { id: wire.id || `${i} ${n}`, corners, names, text: wire.data?.text?.raw ?? "" };
    }),
  );
}

// Zeros are left out of the JSON.
function toCorners({ region_info: info }: WireRegion): readonly Point[] {
  const box = info?.bounding_box;
  if (box) {
    const {
      top_row: top = 0,
      left_col: left = 0,
      bottom_row: bottom = 0,
      right_col: right = 0,
    } = box;
    const rows = [top, top, bottom, bottom];
    return [left, right, right, left].map((x, i) => ({ x, y: rows[i] ?? 0 }));
  }
  const points = info?.polygon?.points ?? (info?.point ? [info.point] : []);
  return points.map(({ row = 0, col = 0 }) => ({ x: col, y: row }));
}
