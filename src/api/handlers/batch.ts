// Requests that hold several things: how many they may be, and the good ones among them.
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";

/** `what`: the field, in the plural. @throws AppError "invalid_request" for none or too many */
export function requireBatch(what: string, count: number): void {
  if (count >= 1 && count <= LIMITS.inputsPerRequest) return;
  throw new AppError(
    "invalid_request",
    `Expected 1 to ${LIMITS.inputsPerRequest} ${what} in one request but received ${count}.`,
  );
}

/** What `read` makes of each, or the error that it throws: a bad one never costs the others. */
export function readEach<Given, Read>(
  given: readonly Given[],
  read: (one: Given, index: number) => Read,
): (Read | AppError)[] {
  return given.map((one, i) => {
    try {
      return read(one, i);
    } catch (thrown) {
      return AppError.from(thrown);
    }
  });
}

/** The good ones go to the engine in one call; the results come back in the order of the request. */
export async function inOrder<Given extends object, Result>(
  given: readonly (Given | AppError)[],
  take: (good: readonly Given[]) => Promise<readonly Result[]>,
): Promise<(Result | AppError)[]> {
  const good = given.filter((one): one is Given => !(one instanceof AppError));
  const taken = good.length === 0 ? [] : await take(good);
  let next = 0;
  return given.map((one) => (one instanceof AppError ? one : taken[next++]!));
}
