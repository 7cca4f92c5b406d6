// English nouns: which are plurals, and of what.

const IRREGULAR = new Map(
  Object.entries({
    people: "person",
    persons: "person",
    men: "man",
    women: "woman",
    children: "child",
    mice: "mouse",
    geese: "goose",
    feet: "foot",
    teeth: "tooth",
    oxen: "ox",
    wolves: "wolf",
    leaves: "leaf",
    knives: "knife",
    calves: "calf",
    loaves: "loaf",
    shelves: "shelf",
    scarves: "scarf",
    wives: "wife",
    cacti: "cactus",
    sheep: "sheep",
    deer: "deer",
    fish: "fish",
    moose: "moose",
    swine: "swine",
    cattle: "cow",
    aircraft: "aircraft",
    spacecraft: "spacecraft",
    buses: "bus",
    movies: "movie",
    cookies: "cookie",
    zombies: "zombie",
    selfies: "selfie",
    pies: "pie",
    ties: "tie",
    shoes: "shoe",
    canoes: "canoe",
    lenses: "lens",
    axes: "axe",
    horses: "horse",
    houses: "house",
    vases: "vase",
    roses: "rose",
    noses: "nose",
    cases: "case",
    nurses: "nurse",
    blouses: "blouse",
    mooses: "moose",
    cheeses: "cheese",
    caches: "cache",
    headaches: "headache",
  }),
);
/** End like plurals and are none. */
const SINGULAR = new Set(
  "bus gas lens glass grass dress chess class kiss cross boss moss brass compass canvas christmas tennis iris cactus octopus walrus hippopotamus campus circus chaos status virus platypus asparagus hibiscus citrus moos this his its news mess ss us is was as has does".split(
    " ",
  ),
);

/** What a plural is one of; undefined for other words. `key` in lower case. */
export function singularOf(key: string): string | undefined {
  const irregular = IRREGULAR.get(key);
  if (irregular) return irregular;
  if (!/[a-z]{2}s$/.test(key) || /(?:ss|us|is|'s)$/.test(key) || SINGULAR.has(key))
    return undefined;
  if (key.endsWith("ies")) return `${key.slice(0, -3)}y`;
  return /(?:s|x|z|ch|sh|o)es$/.test(key) ? key.slice(0, -2) : key.slice(0, -1);
}
