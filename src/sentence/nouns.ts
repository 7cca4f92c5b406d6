// English nouns: which are plurals.

const IRREGULAR = new Set(
  "people men women children mice geese feet teeth oxen cacti sheep deer fish moose cattle aircraft buses lenses".split(
    " ",
  ),
);
/** End like plurals and are none. */
const SINGULAR = new Set("gas lens christmas canvas chaos this his its was has does".split(" "));

/** "fishermen", "snowmen"; not "specimen" or "ramen". */
const COMPOUND =
  /(?:sher|fire|police|snow|sales|crafts|sports|work|post|gentle|horse|cow|super|states|business|wo)men$/;

/** `key` in lower case. */
export function isPlural(key: string): boolean {
  if (IRREGULAR.has(key) || COMPOUND.test(key)) return true;
  return /[a-z]{2}s$/.test(key) && !/(?:ss|us|is|'s)$/.test(key) && !SINGULAR.has(key);
}
