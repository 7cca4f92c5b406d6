// Where and when the scenes of a family might have been photographed: made up, but such that maps and calendars make
// sense.
import type { Place } from "../engine/place.ts";
import type { Family } from "./gallery.ts";
import type { Random } from "./random.ts";

export type Occasion = { readonly at: Date; readonly place: Place | undefined };

type Circumstances = {
  /** Latitude and longitude; none: a camera that does not know. */
  readonly places: readonly (readonly [number, number])[];
  /** 1..12, in the north; in the south half a year later. */
  readonly months: readonly number[];
  /** Hours of the day, from and to. */
  readonly hours: readonly [number, number];
};

const YEARS = [2016, 2024] as const;
const ALL_YEAR = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const SPRING = [3, 4, 5];
const SUMMER = [6, 7, 8];
const AUTUMN = [9, 10, 11];
const WINTER = [12, 1, 2];
const DAY = [9, 17] as const;
const EVENING = [18, 21] as const;
const NIGHT = [21, 23] as const;

const HOME = [[47.99, 7.85]] as const;
const COASTS = [
  [38.69, -9.42],
  [36.46, 25.37],
  [24.55, -81.78],
  [-34.05, 18.36],
  [7.89, 98.3],
  [-28.64, 153.61],
  [-22.98, -43.2],
] as const;
const PEAKS = [
  [45.98, 7.66],
  [51.43, -116.18],
  [28.24, 83.99],
  [-41.13, -71.31],
  [-45.03, 168.66],
] as const;
const CITIES = [
  [35.66, 139.7],
  [40.71, -74],
  [48.86, 2.34],
  [1.28, 103.86],
  [-33.86, 151.21],
  [19.43, -99.13],
  [-1.29, 36.82],
] as const;
const WOODS = [
  [48.01, 8.1],
  [45.6, -122.1],
  [43.6, 142.8],
] as const;
const FIELDS = [
  [43.83, 5.78],
  [43.07, 11.6],
  [42.03, -93.6],
] as const;
const REEFS = [
  [-16.92, 145.99],
  [27.25, 33.9],
  [12.15, -68.28],
] as const;
const DESERTS = [
  [31.1, -4.01],
  [-24.73, 15.34],
  [-22.91, -68.2],
] as const;
const TULIPS = [[52.27, 4.55]] as const;
const CAPPADOCIA = [[38.64, 34.83]] as const;
const NORTH = [[69.65, 18.96]] as const;
const ROCKS = [
  [43.62, -70.21],
  [48.33, -4.77],
  [-38.8, 143.5],
] as const;

const CIRCUMSTANCES: Readonly<Record<Family, Circumstances>> = {
  sunsets: { places: COASTS, months: SUMMER, hours: EVENING },
  flowers: { places: TULIPS, months: SPRING, hours: DAY },
  mountains: { places: PEAKS, months: ALL_YEAR, hours: DAY },
  cats: { places: HOME, months: ALL_YEAR, hours: DAY },
  boats: { places: COASTS, months: SUMMER, hours: DAY },
  cities: { places: CITIES, months: ALL_YEAR, hours: EVENING },
  fruits: { places: [], months: AUTUMN, hours: DAY },
  forests: { places: WOODS, months: ALL_YEAR, hours: DAY },
  hotAirBalloons: { places: CAPPADOCIA, months: AUTUMN, hours: [6, 9] },
  birds: { places: [...WOODS, ...HOME], months: SPRING, hours: DAY },
  beaches: { places: COASTS, months: SUMMER, hours: DAY },
  coffees: { places: [], months: ALL_YEAR, hours: DAY },
  trees: { places: WOODS, months: AUTUMN, hours: DAY },
  fields: { places: FIELDS, months: SUMMER, hours: DAY },
  fish: { places: REEFS, months: ALL_YEAR, hours: DAY },
  nights: { places: [...PEAKS, ...NORTH], months: WINTER, hours: NIGHT },
  cars: { places: CITIES, months: SUMMER, hours: DAY },
  cakes: { places: [], months: ALL_YEAR, hours: DAY },
  lighthouses: { places: ROCKS, months: SUMMER, hours: EVENING },
  dogs: { places: HOME, months: ALL_YEAR, hours: DAY },
  snowmen: { places: [...PEAKS.slice(0, 2), ...HOME], months: WINTER, hours: DAY },
  deserts: { places: DESERTS, months: AUTUMN, hours: EVENING },
  bicycles: { places: TULIPS, months: SUMMER, hours: DAY },
  balloons: { places: HOME, months: ALL_YEAR, hours: DAY },
  weathers: { places: [...FIELDS, ...COASTS.slice(3, 6)], months: SPRING, hours: DAY },
  rains: { places: CITIES, months: AUTUMN, hours: EVENING },
  celebrations: { places: CITIES, months: WINTER, hours: NIGHT },
};

export function occasionOf(family: Family, random: Random): Occasion {
  const { places, months, hours } = CIRCUMSTANCES[family];
  const found = places.length > 0 ? random.pick(places) : undefined;
  const near = (degrees: number) => Number((degrees + random.between(-0.03, 0.03)).toFixed(5));
  const place = found && { latitude: near(found[0]), longitude: near(found[1]) };
  const isSouth = (place?.latitude ?? 0) < 0;
  const month = random.pick(months) - 1 + (isSouth ? 6 : 0);
  const year = Math.floor(random.between(YEARS[0], YEARS[1] + 1));
  const [day, minute, second] = [
    random.between(1, 29),
    random.between(0, 60),
    random.between(0, 60),
  ];
  const at = Date.UTC(year, month % 12, day, random.between(...hours), minute, second);
  return { at: new Date(Math.floor(at / 1000) * 1000), place };
}
