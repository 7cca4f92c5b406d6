// Names of places -> where they are, by the file that scripts/write-gazetteer.js writes.

/** What the file has. Cities stand in the order of their keys, the largest of one name first. */
export type GazetteerFile = {
  /** "Italy|36.7 6.6 47.1 18.5": south, west, north, east; or "Bali|latitude longitude km"; degrees. */
  readonly areas: readonly string[];
  /** Of cities, with "|" between them. */
  readonly names: string;
  /** Fiftieths of a degree from the south pole, three digits of base 36 each. */
  readonly latitudes: string;
  /** From the date line. */
  readonly longitudes: string;
  /** A digit each: 1 for less than 100,000 people, 2, 3 from 500,000, 4 from 1 million, 5 from 5 million on. */
  readonly sizes: string;
  /** Keys of what is a place only with a capital letter. */
  readonly capital: string;
};

/** Degrees; a circle or a box, which does not cross the date line. */
export type PlaceArea =
  | { readonly latitude: number; readonly longitude: number; readonly radiusKm: number }
  | {
      readonly south: number;
      readonly west: number;
      readonly north: number;
      readonly east: number;
    };

export type Place = { readonly name: string; readonly area: PlaceArea };

export type Known = Place & {
  /** Countries and regions are no cities. */
  readonly isCity: boolean;
  /** Is it known without a capital letter? */
  readonly isCommon: boolean;
};

/** `named`: what has this key: large cities, areas, other cities; the largest first. New York is the city, Mexico the country. */
export type Gazetteer = {
  named(key: string): readonly Known[];
  /** Does any name begin with this word? */
  hasBeginning(word: string): boolean;
};

/** Kilometres around the middle of a city, by its size. */
const RADII_KM = [30, 30, 30, 40, 50];
/** Cities of 500,000 people are meant rather than states of their name. */
const LARGE = 3;
const LETTERS = new Map(Object.entries({ ß: "ss", ø: "o", ł: "l", đ: "d", æ: "ae", ı: "i" }));

/** Takes some 10 ms. */
export function openGazetteer(file: GazetteerFile): Gazetteer {
  const capital = new Set(file.capital.split(" "));
  const names = file.names.split("|");
  const areas = grouped(file.areas.map(toArea), ({ name }) => toKey(name));
  const cities = grouped([...names.keys()], (index) => toKey(names[index]!));
  const beginnings = new Set([...areas.keys(), ...cities.keys()].map(firstWordOf));
  const named = (key: string) => {
    const isWord = capital.has(key);
    const cityAt = (index: number): Known => {
      const size = Number(file.sizes[index]);
      const area = cityArea(file, index, size);
      return { name: names[index]!, area, isCity: true, isCommon: size > 1 && !isWord };
    };
    const found = cities.get(key) ?? [];
    const large = found.filter((index) => Number(file.sizes[index]) >= LARGE);
    const known = areas.get(key) ?? [];
    return [
      ...large.map(cityAt),
      ...known.map((place) => ({ ...place, isCity: false, isCommon: !isWord })),
      ...found.slice(large.length).map(cityAt),
    ];
  };
  return { named, hasBeginning: (word) => beginnings.has(firstWordOf(toKey(word))) };
}

function firstWordOf(key: string): string {
  return key.split(" ", 1)[0] ?? "";
}

function grouped<One>(all: readonly One[], keyOf: (one: One) => string) {
  const groups = new Map<string, One[]>();
  for (const one of all) {
    const key = keyOf(one);
    const others = groups.get(key);
    if (others) others.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

function toArea(line: string): Place {
  const [name = "", numbers = ""] = line.split("|");
  const [first = 0, second = 0, third = 0, east] = numbers.split(" ").map(Number);
  return east === undefined
    ? { name, area: { latitude: first, longitude: second, radiusKm: third } }
    : { name, area: { south: first, west: second, north: third, east } };
}

function cityArea(file: GazetteerFile, index: number, size: number): PlaceArea {
  const degrees = (digits: string) => Number.parseInt(digits.slice(3 * index, 3 * index + 3), 36);
  return {
    latitude: rounded(degrees(file.latitudes) / 50 - 90),
    longitude: rounded(degrees(file.longitudes) / 50 - 180),
    radiusKm: RADII_KM[size - 1] ?? 30,
  };
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(2));
}

/** The middle of an area. Degrees. */
export function middleOf(area: PlaceArea): {
  readonly latitude: number;
  readonly longitude: number;
} {
  if ("latitude" in area) return area;
  const { south, west, north, east } = area;
  return { latitude: (south + north) / 2, longitude: (west + east) / 2 };
}

/** "Saint Petersburg" is "St. Petersburg", "Zürich" "zurich". */
export function toKey(name: string): string {
  if (/^(?!st(?: |$))[a-z]+(?: [a-z]+)*$/i.test(name)) return name.toLowerCase(); // nearly always
  return name
    .normalize("NFD")
    .toLowerCase()
    .replace(/\p{M}|['’‘.,]/gu, "")
    .replace(/[ßøłđæı]/g, (letter) => LETTERS.get(letter) ?? letter)
    .replace(/[-–&\s]+/g, " ")
    .replace(/^st(?: |$)/, "saint ")
    .trim();
}
