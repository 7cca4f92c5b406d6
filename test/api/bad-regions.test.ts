// Inputs whose metadata or regions cannot be stored: they are refused before anything of them is.
import { create, type MessageInitShape, type MessageShape } from "@bufbuild/protobuf";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { InputSchema } from "#proto/api/resources_pb";
import {
  type MultiAnnotationResponseSchema,
  type MultiInputResponseSchema,
  V2,
} from "#proto/api/service_pb";
import { answer, createHandlers } from "../../src/api/handlers/handlers.ts";
import { drawEmoji } from "../fixtures/pictures.ts";
import { call, type StartedReal, startReal } from "./start.ts";

let server: StartedReal;
let pictures: readonly Uint8Array[];

beforeAll(async () => {
  server = await startReal();
  pictures = (await drawEmoji(4)).map(({ bytes }) => bytes);
});
afterAll(() => server.close());

// As gRPC brings it: JSON has no NaN.
async function send(method: keyof typeof V2.method, request: object) {
  const descriptor = V2.method[method];
  const faults: unknown[] = [];
  const { message } = await answer(
    createHandlers(server.engine),
    descriptor,
    create(descriptor.input, request),
    { id: "test", baseUrl: "http://localhost", signal: new AbortController().signal },
    { error: (facts) => faults.push(facts) },
  );
  expect(faults).toEqual([]);
  return message;
}

type Inputs = MessageShape<typeof MultiInputResponseSchema>;
type Annotations = MessageShape<typeof MultiAnnotationResponseSchema>;

const ids = async () => {
  const { json } = await call(`${server.url}/v2/inputs`);
  return (json.inputs ?? []).map(({ id }: { id: string }) => id);
};

const NO_NUMBER = { x: [1, { y: Number.NaN }] };
const BAD: Record<string, NonNullable<MessageInitShape<typeof InputSchema>["data"]>> = {
  "NaN in metadata": { metadata: NO_NUMBER },
  "NaN in a region's metadata": { regions: [{ data: { metadata: NO_NUMBER } }] },
  "a label of 7 in a region": { regions: [{}, { data: { concepts: [{ id: "z", value: 7 }] } }] },
  "a place off the Earth": { geo: { geoPoint: { latitude: 91, longitude: 0 } } },
};

test.each(Object.entries(BAD))("refuses an input with %s, and only that", async (name, data) => {
  const n = Object.keys(BAD).indexOf(name);
  const image = { base64: pictures[n]! };
  const job = `job-${n}`;
  const posted = (await send("postInputs", {
    inputs: [
      { id: `bad-${n}`, data: { image, ...data } },
      { id: `good-${n}`, data: { image, regions: [{ id: "r" }, { id: "r" }] } },
    ],
    inputsAddJobId: job,
  })) as Inputs;
  expect(posted.status?.code).toBe(10010);
  expect(posted.inputs[0]).toMatchObject({ id: `bad-${n}`, status: { code: 11102 } });
  expect(posted.inputs[1]).toMatchObject({ id: `good-${n}` });
  const progress = posted.inputsAddJob?.progress;
  expect(Number(progress?.pendingCount) + Number(progress?.successCount)).toBe(1);
  expect(progress?.failedCount).toBe(1n);
  expect(await ids()).toContain(`good-${n}`);
  expect(await ids()).not.toContain(`bad-${n}`);
});

test("refuses annotations and patches that hold no numbers, each for itself", async () => {
  const annotation = (id: string, more: object) => ({ id, inputId: "good-0", ...more });
  const made = (await send("postAnnotations", {
    annotations: [
      annotation("info", { annotationInfo: NO_NUMBER }),
      annotation("metadata", { data: { metadata: NO_NUMBER } }),
      annotation("region", { data: { regions: [{ data: { metadata: NO_NUMBER } }] } }),
      annotation("fine", {}),
    ],
  })) as Annotations;
  const codes = made.annotations.map(({ status }) => status?.code);
  expect(codes).toEqual([11102, 11102, 11102, 24150]);
  const patched = (await send("patchInputs", {
    action: "merge",
    inputs: [{ id: "good-0", data: { metadata: NO_NUMBER } }],
  })) as Inputs;
  expect(patched.inputs[0]?.status?.code).toBe(11102);
  const app = { id: "numberless", metadata: NO_NUMBER };
  const apps = (await send("postApps", { apps: [app] })) as Inputs;
  expect(apps.status?.code).toBe(11102);
});
