// What restricts a search: the panel beside the grid, its map, and the chips in the search bar.
import type { InputStatus } from "../../../src/client/input.ts";
import type { Colour, PictureShape } from "../../../src/client/search.ts";
import { pluralOf } from "../../../src/sentence/object-label.ts";
import { plural, toCountText } from "./count-text.ts";

const pictures = (count: number) => plural(count, "picture", "pictures");
const numeral = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
const toDegrees = (degrees: number) => numeral.format(degrees);

export const filters = {
  /** The day stands before the month: 1 Jun 2019. */
  dateLocale: "en-GB",
  title: "Filters",
  close: "Close filters",
  clear: "Clear",
  clearSection: (section: string) => `Clear ${section}`,
  clearAll: "Clear all",
  show: (count: number) => `Show ${plural(count, "input", "inputs")}`,
  showAny: "Show inputs",
  ofAll: "Counts are of the whole app, not of this search.",
  failed: "The counts did not load.",
  active: (count: number) => `${plural(count, "filter", "filters")} set`,
  sections: {
    dataset: "Dataset",
    label: "Labels",
    objects: "Objects",
    type: "Type",
    status: "Status",
    date: "Date",
    place: "Place",
    size: "Size and orientation",
    colour: "Colour",
    metadata: "Metadata",
    name: "File name",
  },

  // One value of a section.
  oppose: "Filter for inputs that do NOT match this value.",
  restore: "Filter for inputs that match this value.",
  opposeValue: (value: string) => `${value}: filter for inputs that do NOT match this value`,
  restoreValue: (value: string) => `${value}: filter for inputs that match this value`,
  not: "NOT",
  without: (value: string) => `not ${value}`,
  count: (value: string, count: number) => `${value}: ${pictures(count)}`,
  more: (count: number) => `Show ${toCountText(count)} more`,
  fewer: "Show fewer",

  unassigned: "Unassigned",
  unlabeled: "Unlabelled",
  findLabel: "Find a label",
  noLabel: (text: string) => `No label contains “${text}”.`,
  noDatasets: "There are no datasets yet.",
  noLabels: "Nothing has been labelled yet.",
  labelsAre: "Inputs with",
  anyLabel: "any of these",
  allLabels: "all of these",
  unknownDataset: "a deleted dataset",

  statuses: {
    processed: "Searchable",
    pending: "Being indexed",
    failed: "Failed",
    duplicate: "Duplicate",
  } satisfies Record<InputStatus, string>,

  dateOf: "Date",
  dates: { taken: "Taken", added: "Added" },
  from: "From",
  to: "To",
  lastDays: (days: number) => `Last ${days} days`,
  thisYear: "This year",
  years: "Pictures by year. Arrow keys move, Shift extends, Enter chooses.",
  noDates: { taken: "No picture says when it was taken.", added: "Nothing has been added yet." },
  badDates: "“From” must not be after “To”.",

  shapes: {
    landscape: "Landscape",
    portrait: "Portrait",
    square: "Square",
    panorama: "Panorama",
  } satisfies Record<PictureShape, string>,
  megapixels: "Megapixels",
  least: "At least",
  most: "At most",
  badSize: "The least must not be more than the most.",
  colours: {
    red: "Red",
    orange: "Orange",
    yellow: "Yellow",
    green: "Green",
    teal: "Teal",
    blue: "Blue",
    purple: "Purple",
    pink: "Pink",
    brown: "Brown",
    black: "Black",
    grey: "Grey",
    white: "White",
  } satisfies Record<Colour, string>,
  key: "Key",
  value: "Value",
  valueHint: "Text, number, true, or any JSON. Quote a number to look for it as text.",
  add: "Add filter",
  contains: "Name contains",

  // The map.
  hasPlace: "Has a place",
  map: "Map",
  mapOf: (count: number) => `Map of ${pictures(count)}`,
  mapKeys: "Arrow keys move, plus and minus zoom, 0 shows everything.",
  placesFound: (count: number) => `${pictures(count)} with a place`,
  noPlaces: "No picture found says where it was taken.",
  placesFailed: "The places did not load.",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  resetMap: "Show everything",
  openMap: "Open the large map",
  closeMap: "Close the map",
  chooseArea: "Choose an area",
  chooseHint: "Drag over the map to choose an area.",
  typeArea: "Type an area",
  sides: { south: "South", west: "West", north: "North", east: "East" },
  badArea: "South must not be above north; a pole is at 90°, the date line at 180°.",
  area: "Chosen area",
  pointHere: (count: number) => `${pictures(count)} here`,
  areaSelected: (count: number) => `${pictures(count)} here`,
  showHere: "Show them",
  nothingHere: "No pictures here.",
  placed: (latitude: number, longitude: number) =>
    `Map: ${toDegrees(latitude)}°, ${toDegrees(longitude)}°`,

  // Chips.
  chips: "Filters",
  chipMatching: (text: string) => `Filter: ${text}. Press for inputs that do not match`,
  chipOpposed: (text: string) => `Filter: ${text}. Press for inputs that match`,
  removeChip: (text: string) => `Remove filter: ${text}`,
  text: {
    label: (name: string) => `label ${name}`,
    unlabeled: "unlabelled",
    unassigned: "in no dataset",
    placed: "with a place",
    dataset: (name: string) => `in ${name}`,
    status: (status: string) => status.toLowerCase(),
    taken: "taken",
    added: "added",
    since: (day: string) => `since ${day}`,
    until: (day: string) => `until ${day}`,
    on: (day: string) => day,
    between: (from: string, to: string) => `${from} to ${to}`,
    box: "in this area",
    near: (km: string) => `within ${km} km of a place`,
    inPlace: (name: string) => `taken in ${name}`,
    nearPlace: (name: string) => `taken near ${name}`,
    over: (megapixels: string) => `over ${megapixels} MP`,
    under: (megapixels: string) => `under ${megapixels} MP`,
    from: (least: string, most: string) => `${least} to ${most} MP`,
    metadata: (key: string, value: string) => `${key}: ${value}`,
    name: (part: string) => `name contains “${part}”`,
    /** "dog", "3 dogs", "2 or more dogs", "2 to 4 dogs", "no dogs". */
    objects: (label: string, least: number, most: number | undefined) => {
      const many = pluralOf(label);
      if (most === 0) return `no ${many}`;
      if (most === undefined) return least > 1 ? `${least} or more ${many}` : label;
      if (most === least) return `${least} ${least === 1 ? label : many}`;
      const range = least > 0 ? `${least} to ${most}` : `up to ${most}`;
      return `${range} ${most === 1 ? label : many}`;
    },
  },
};
