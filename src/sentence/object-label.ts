// What people call things <-> what detectors call them: "dogs" is "dog", "people" is "person", "sofa" may be "couch".

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
    knives: "knife",
    leaves: "leaf",
    wolves: "wolf",
    calves: "calf",
    loaves: "loaf",
    scarves: "scarf",
    buses: "bus",
    skis: "skis", // COCO's own
  }),
);

/** The same thing by several names, as COCO, Pascal VOC and Objects365 have them, and as people say it. */
const SYNONYMS: readonly (readonly string[])[] = [
  ["person", "human", "pedestrian"],
  ["bicycle", "bike"],
  ["motorcycle", "motorbike"],
  ["airplane", "aeroplane", "plane"],
  ["boat", "ship"],
  ["car", "automobile"],
  ["truck", "lorry"],
  ["couch", "sofa"],
  ["tv", "television", "tvmonitor", "monitor/tv"],
  ["cell phone", "phone", "mobile phone", "cellphone", "smartphone"],
  ["refrigerator", "fridge"],
  ["donut", "doughnut"],
  ["potted plant", "pottedplant", "plant"],
  ["dining table", "diningtable", "table"],
  ["fire hydrant", "hydrant"],
  ["sports ball", "ball"],
  ["wine glass", "wineglass"],
  ["teddy bear", "teddy"],
  ["hair drier", "hair dryer", "hairdryer"],
];

/** Labels, in lower case, that a detector may have for what people call `noun`, in the singular or the plural: the noun itself
 *  first. */
export function labelsFor(noun: string): readonly string[] {
  const names = singulars(noun.trim().replace(/\s+/g, " ").toLowerCase());
  const others = SYNONYMS.filter((same) => same.some((name) => names.includes(name))).flat();
  return [...new Set([...names, ...others])];
}

/** The label of a detector that people mean by a noun; undefined if it has none. */
export function objectLabelOf(noun: string, labels: readonly string[]): string | undefined {
  const known = new Map(labels.map((label) => [label.toLowerCase(), label]));
  const label = labelsFor(noun).find((name) => known.has(name));
  return label === undefined ? undefined : known.get(label);
}

/** Several of what a detector calls `label`. */
export function pluralOf(label: string): string {
  const start = label.lastIndexOf(" ") + 1;
  const word = label.slice(start);
  const found = [...IRREGULAR].find(([, one]) => one === word.toLowerCase())?.[0];
  return label.slice(0, start) + (found ?? regularPlural(word));
}

function regularPlural(word: string): string {
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:[sxz]|ch|sh)$/i.test(word) ? `${word}es` : `${word}s`;
}

// Of the last word: "hot dogs". What a plural may be the plural of, itself among it.
function singulars(noun: string): readonly string[] {
  const start = noun.lastIndexOf(" ") + 1;
  const word = noun.slice(start);
  const irregular = IRREGULAR.get(word);
  const found = irregular === undefined ? regularSingulars(word) : [irregular];
  return [...new Set([word, ...found])].map((each) => noun.slice(0, start) + each);
}

function regularSingulars(word: string): readonly string[] {
  if (/ies$/.test(word)) return [`${word.slice(0, -3)}y`, word.slice(0, -1)];
  if (/(?:[sxz]|ch|sh|o)es$/.test(word)) return [word.slice(0, -2), word.slice(0, -1)];
  return /[^su]s$/.test(word) ? [word.slice(0, -1)] : [];
}
