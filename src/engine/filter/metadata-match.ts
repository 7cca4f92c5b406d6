// Whether JSON contains other JSON, and a cheap test on its text that fails where it cannot.

/** Objects contain objects key by key, arrays contain arrays as sets, anything else is equal; at any depth. */
export function contains(value: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return (
      Array.isArray(value) && part.every((wanted) => value.some((one) => contains(one, wanted)))
    );
  }
  if (!isObject(part)) return value === part;
  return (
    isObject(value) &&
    Object.entries(part).every(
      ([key, wanted]) => Object.hasOwn(value, key) && contains(value[key], wanted),
    )
  );
}

/** Text that every JSON.stringify of an object that contains `part` has in it, as long as can be; "" if any will do. */
export function necessaryText(part: unknown): string {
  if (Array.isArray(part)) return longest(part.map(necessaryText));
  if (!isObject(part)) return JSON.stringify(part);
  return longest(
    Object.entries(part).map(([key, value]) => {
      const isNested = typeof value === "object" && value !== null;
      const name = `${JSON.stringify(key)}:`;
      return isNested ? longest([name, necessaryText(value)]) : name + necessaryText(value);
    }),
  );
}

function longest(texts: readonly string[]): string {
  return texts.reduce((best, text) => (text.length > best.length ? text : best), "");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
