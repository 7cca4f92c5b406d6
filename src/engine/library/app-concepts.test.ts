import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../../../test/fixtures/engine.ts";
import { LIMITS } from "../../limits.ts";
import { Store } from "../store.ts";

const store = Store.open(temporaryFolder());
afterAll(() => store.close());
const { concepts } = store;
const everything = { offset: 0, limit: 100 };
const open = (id: string) => store.apps.create("me", { id });

test("makes concepts, one result each", async () => {
  const app = await open("create");
  const [dog, same, plain, none, control] = await concepts.create(app, [
    { id: "id-dog", name: "Dog", details: { language: "en" } },
    { id: "id-dog", name: "Other" },
    { id: "cat/and dog" },
    { id: "" },
    { id: "a\nb" },
  ]);
  expect(dog).toMatchObject({ id: "id-dog", name: "Dog", details: { language: "en" } });
  expect(same).toMatchObject({ code: "concept_exists", details: { id: "id-dog" } });
  expect(plain).toMatchObject({ id: "cat/and dog", name: "cat/and dog" });
  expect(none).toMatchObject({ code: "invalid_request" });
  expect(control).toMatchObject({ code: "invalid_request" });
  expect((await concepts.list(app, everything)).map(({ id }) => id)).toEqual([
    "id-dog",
    "cat/and dog",
  ]);
});

test("takes ids and names of up to 256 characters", async () => {
  const app = await open("length");
  const [longest, tooLong] = [LIMITS.idLength, LIMITS.idLength + 1].map((n) => "x".repeat(n));
  const results = await concepts.create(app, [
    { id: longest as string },
    { id: tooLong as string },
    { id: "a", name: longest as string },
    { id: "b", name: tooLong as string },
  ]);
  expect(results.map((result) => (result instanceof Error ? "refused" : "made"))).toEqual([
    "made",
    "refused",
    "made",
    "refused",
  ]);
});

test("finds by id, then by name, in this app only", async () => {
  const [app, other] = [await open("find"), await open("find-other")];
  await concepts.create(other, [{ id: "x", name: "X" }]);
  await concepts.create(app, [
    { id: "1", name: "DOG" },
    { id: "2", name: "Dog" },
    { id: "3", name: "Straßenbahn Öl" },
    { id: "DOG", name: "a cat" },
  ]);
  const idOf = async (text: string) => (await concepts.find(app, text))?.id;
  expect(await idOf("DOG")).toBe("DOG"); // an id
  expect(await idOf("Dog")).toBe("2"); // the same letters
  expect(await idOf("dog")).toBe("1"); // any case: the oldest
  expect(await idOf("STRASSENBAHN ÖL")).toBeUndefined();
  expect(await idOf("straßenbahn ÖL".normalize("NFD"))).toBe("3");
  expect(await idOf("x")).toBeUndefined();
  expect(await idOf("")).toBeUndefined();
});

test("lists by page and pattern of the name", async () => {
  const app = await open("list");
  await concepts.create(app, [
    { id: "1", name: "hot dog" },
    { id: "2", name: "Dog" },
    { id: "3", name: "dogma" },
    { id: "4", name: "100%" },
  ]);
  const ids = async (pattern: string) =>
    (await concepts.list(app, { ...everything, pattern })).map(({ id }) => id);
  expect(await ids("dog")).toEqual(["2", "3"]);
  expect(await ids("*dog")).toEqual(["1", "2"]);
  expect(await ids("*0%*")).toEqual(["4"]);
  const page = await concepts.list(app, { offset: 1, limit: 2 });
  expect(page.map(({ id }) => id)).toEqual(["2", "3"]);
});

test("sets what is given", async () => {
  const app = await open("update");
  await concepts.create(app, [{ id: "1", name: "Dog", details: { a: 1 } }]);
  const [renamed, missing] = await concepts.update(app, [
    { id: "1", name: "Hound" },
    { id: "2", name: "Cat" },
  ]);
  expect(renamed).toMatchObject({ id: "1", name: "Hound", details: { a: 1 } });
  expect(missing).toMatchObject({ code: "not_found" });
  const [changed] = await concepts.update(app, [{ id: "1", details: { b: 2 } }]);
  expect(changed).toMatchObject({ name: "Hound", details: { b: 2 } });
  expect(await concepts.find(app, "hOUND")).toMatchObject({ id: "1" });
  expect(await concepts.find(app, "dog")).toBeUndefined();
});

test("takes patterns up to the limit", async () => {
  const app = await open("pattern");
  const list = (length: number) =>
    concepts.list(app, { ...everything, pattern: "x".repeat(length) });
  expect(await list(LIMITS.patternLength)).toEqual([]);
  await expect(list(LIMITS.patternLength + 1)).rejects.toMatchObject({
    code: "invalid_request",
    message: expect.stringContaining(`${LIMITS.patternLength} characters`),
  });
});

test("new names are found by an index, however many concepts there are", async () => {
  const app = await open("many");
  await store.queue.add(app, [{ id: "a", name: "", size_bytes: 1 }]);
  const labels = Array.from({ length: 3000 }, (_, i) => ({ name: `Word ${i}`, value: 1 }));
  const start = performance.now();
  await store.annotations.patchInputs(app, [{ id: "a", labels }], "merge");
  // 300 ms; 4 s where each name is compared with all
  expect(performance.now() - start).toBeLessThan(2000);
  expect(await concepts.find(app, "word 2999")).toMatchObject({ name: "Word 2999" });
});

test("counts inputs, however many annotations say it", async () => {
  const app = await open("counts");
  const rows = ["a", "b", "c"].map((id) => ({ id, name: "", size_bytes: 1 }));
  await store.queue.add(app, rows);
  const label = (id: string, value: number) => ({ labels: [{ id, value }] });
  await store.annotations.create(app, [
    { inputId: "a", ...label("dog", 1) },
    { inputId: "a", ...label("dog", 0.5) },
    { inputId: "b", ...label("dog", 0.49) },
    { inputId: "c", ...label("cat", 0) },
  ]);
  await concepts.create(app, [{ id: "none" }]);
  expect(await concepts.counts(app)).toEqual(
    new Map([
      ["dog", { positive: 1, negative: 1 }],
      ["cat", { positive: 0, negative: 1 }],
      ["none", { positive: 0, negative: 0 }],
    ]),
  );
  expect([...(await concepts.counts(app, ["cat", "unknown"])).keys()]).toEqual(["cat"]);
});

test("names concepts as the vocabulary does", async () => {
  const app = await open("vocabulary");
  concepts.nameOf = (id) => (id.startsWith("ai_dog") ? "dog" : undefined);
  const made = await concepts.create(app, [
    { id: "ai_dog" },
    { id: "ai_cat" },
    { id: "ai_dog2", name: "Hound" },
  ]);
  const labels = concepts.withNames([
    { id: "ai_dog", value: 1 },
    { id: "ai_dog", name: "Hound", value: 1 },
    { name: "ai_dog", value: 1 },
  ]);
  concepts.nameOf = () => undefined;
  expect(made).toMatchObject([{ name: "dog" }, { name: "ai_cat" }, { name: "Hound" }]);
  expect(labels).toEqual([
    { id: "ai_dog", name: "dog", value: 1 },
    { id: "ai_dog", name: "Hound", value: 1 },
    { name: "ai_dog", value: 1 },
  ]);
});
