import { describe, expect, test } from "vitest";
import { findCounts } from "./counts.ts";
import { type Sentence, understand } from "./sentence.ts";

/** A Monday. */
const NOW = new Date(2026, 2, 16, 12);

const all = (text: string): Sentence => understand(text, NOW, { findCounts });

describe("what is not wanted", () => {
  test.each([
    ["beach without people", "beach", ["people"]],
    ["beach without any people", "beach", ["people"]],
    ["beach with no people", "beach", ["people"]],
    ["beach without people at sunset", "beach at sunset", ["people"]],
    ["a street without cars or people", "a street", ["cars", "people"]],
    ["a street without cars and people", "a street", ["cars", "people"]],
    ["a street without cars, people and bikes", "a street", ["cars", "people", "bikes"]],
    ["a street without cars and a dog", "a street and a dog", ["cars"]],
    ["a street without parked cars", "a street", ["parked cars"]],
    ["mountain w/o snow", "mountain", ["snow"]],
    ["mountain but no snow", "mountain", ["snow"]],
    ["a mountain, no snow", "a mountain", ["snow"]],
    ["a dog and no cat", "a dog", ["cat"]],
    ["a dog but not a poodle", "a dog", ["poodle"]],
    ["fruit, not an apple", "fruit", ["apple"]],
    ["flowers that are not red", "flowers", ["red"]],
    ["a car that is not red", "a car", ["red"]],
    ["a room where there are no chairs", "a room", ["chairs"]],
    ["a lake where there is no boat in winter", "a lake in winter", ["boat"]],
    ["no people on the beach", "on the beach", ["people"]],
    ["No people on the beach", "on the beach", ["people"]],
    ["beach with nobody", "beach", ["people"]],
    ["beach with nobody in the water", "beach in the water", ["people"]],
    ["no one on a bridge", "on a bridge", ["people"]],
    ["city except buildings", "city", ["buildings"]],
    ["animals except for dogs", "animals", ["dogs"]],
    ["animals excluding dogs and cats", "animals", ["dogs", "cats"]],
    ["salad without the tomatoes", "salad", ["tomatoes"]],
    ["portrait without glasses", "portrait", ["glasses"]],
    ["a man without a hat", "a man", ["hat"]],
    ["a man without a hat and with a beard", "a man and with a beard", ["hat"]],
    ["sky without clouds over a field", "sky over a field", ["clouds"]],
    ["a kitchen and without people", "a kitchen", ["people"]],
    ["forest. no animals", "forest", ["animals"]],
    ["no clouds", "", ["clouds"]],
    ["without people", "", ["people"]],
    ["a wall that has no windows", "a wall", ["windows"]],
  ])("%s", (text, caption, avoided) => {
    expect(all(text)).toMatchObject({ caption, avoided });
  });

  test.each([
    "no parking sign",
    "a no entry sign",
    "no smoking",
    "no swimming sign on a beach",
    "a no dogs sign",
    "no man's land",
    "No Country for Old Men",
    "Doctors Without Borders",
    "doctors without borders",
    "Rebel Without a Cause",
    "rebel without a cause",
    "Men Without Women",
    "a no vacancy sign at night",
    "forget me not flowers",
    "do not enter sign",
    "a knot in a rope",
    "a notice on a wall",
    "piano",
    "noodles with egg",
    "no",
    "without",
    "a note without",
    "no, thanks",
  ])("stays: %s", (text) => {
    expect(all(text)).toMatchObject({ caption: text, avoided: [] });
  });
});

describe("when", () => {
  test.each([
    ["snow in 2019", "snow", "2019-01-01", "2019-12-31"],
    ["snow 2019", "snow", "2019-01-01", "2019-12-31"],
    ["photos from 2019", "photos", "2019-01-01", "2019-12-31"],
    ["photos taken in 2019", "photos", "2019-01-01", "2019-12-31"],
    ["in 2019", "", "2019-01-01", "2019-12-31"],
    ["highlights of 2019", "highlights", "2019-01-01", "2019-12-31"],
    ["snow in 2019 on a roof", "snow on a roof", "2019-01-01", "2019-12-31"],
    ["snow in June 2019", "snow", "2019-06-01", "2019-06-30"],
    ["snow June 2019", "snow", "2019-06-01", "2019-06-30"],
    ["snow in jun 2019", "snow", "2019-06-01", "2019-06-30"],
    ["snow in Sept. 2019", "snow in Sept. 2019", undefined, undefined],
    ["snow in sept 2019", "snow", "2019-09-01", "2019-09-30"],
    ["party in May 2020", "party", "2020-05-01", "2020-05-31"],
    ["party on 5 May 2020", "party", "2020-05-05", "2020-05-05"],
    ["party on May 5, 2020", "party", "2020-05-05", "2020-05-05"],
    ["party on May 5th 2020", "party", "2020-05-05", "2020-05-05"],
    ["party on the 5th of May 2020", "party on the", "2020-05-05", "2020-05-05"],
    ["party 2020-05-05", "party", "2020-05-05", "2020-05-05"],
    ["party on 05.05.2020", "party", "2020-05-05", "2020-05-05"],
    ["party 2020-05", "party", "2020-05-01", "2020-05-31"],
    ["garden in summer 2018", "garden", "2018-06-01", "2018-08-31"],
    ["garden in the summer of 2018", "garden", "2018-06-01", "2018-08-31"],
    ["garden autumn 2018", "garden", "2018-09-01", "2018-11-30"],
    ["garden in winter 2018", "garden", "2018-12-01", "2019-02-28"],
    ["people in the 1990s", "people", "1990-01-01", "1999-12-31"],
    ["people in the 90s", "people", "1990-01-01", "1999-12-31"],
    ["people from the 2010s", "people", "2010-01-01", "2019-12-31"],
    ["cats from 2015 to 2018", "cats", "2015-01-01", "2018-12-31"],
    ["cats between 2015 and 2018", "cats", "2015-01-01", "2018-12-31"],
    ["cats 2015-2018", "cats", "2015-01-01", "2018-12-31"],
    ["cats between June and August 2019", "cats", "2019-06-01", "2019-08-31"],
    ["cats from June 2018 to March 2019", "cats", "2018-06-01", "2019-03-31"],
    ["cats since 2020", "cats", "2020-01-01", undefined],
    ["cats after 2020", "cats", "2021-01-01", undefined],
    ["cats before 2020", "cats", undefined, "2019-12-31"],
    ["cats until 2020", "cats", undefined, "2020-12-31"],
    ["cats before May 2020", "cats", undefined, "2020-04-30"],
    ["cats since June 2019", "cats", "2019-06-01", undefined],
    ["cats today", "cats", "2026-03-16", "2026-03-16"],
    ["cats yesterday", "cats", "2026-03-15", "2026-03-15"],
    ["yesterday", "", "2026-03-15", "2026-03-15"],
    ["cats this week", "cats", "2026-03-16", "2026-03-22"],
    ["cats last week", "cats", "2026-03-09", "2026-03-15"],
    ["cats this month", "cats", "2026-03-01", "2026-03-31"],
    ["cats last month", "cats", "2026-02-01", "2026-02-28"],
    ["cats from last year", "cats", "2025-01-01", "2025-12-31"],
    ["cats last summer", "cats", "2025-06-01", "2025-08-31"],
    ["cats last winter", "cats", "2025-12-01", "2026-02-28"],
    ["cats in the last two weeks", "cats", "2026-03-02", "2026-03-16"],
    ["cats in the last 10 days", "cats", "2026-03-06", "2026-03-16"],
    ["cats three days ago", "cats", "2026-03-13", "2026-03-13"],
    ["cats two years ago", "cats", "2024-01-01", "2024-12-31"],
    ["cats a year ago", "cats", "2025-01-01", "2025-12-31"],
    ["last year in the mountains", "in the mountains", "2025-01-01", "2025-12-31"],
    ["snow, 2019", "snow", "2019-01-01", "2019-12-31"],
  ])("%s", (text, caption, from, to) => {
    expect(all(text).caption).toBe(caption);
    expect(all(text).taken).toEqual(from || to ? { from, to } : undefined);
  });

  test.each([
    "a 1957 Chevrolet",
    "Blade Runner 2049",
    "2001 a space odyssey",
    "1984",
    "2019",
    "a house built in 1890",
    "wine of vintage 2015 in a glass",
    "room 2019",
    "windows 2000",
    "a calendar for june",
    "snow in january",
    "may flowers",
    "a girl named June",
    "a march in the city",
    "fall leaves",
    "the last supper",
    "a summer dress",
    "80s style hair",
    "USA today",
    "a boeing 747",
    "route 66 in 3 parts",
    "in the morning",
    "from above",
    "before sunset",
    "after the rain",
    "since",
    "a winter landscape",
    "in 2999",
    "in 1700",
    "born in 1950",
    "a bridge opened in 1932",
    "the year of the dragon",
    "last man standing",
    "today show studio",
  ])("stays: %s", (text) => {
    expect(all(text)).toMatchObject({ caption: text, taken: undefined });
  });
});

test("all at once", () => {
  expect(all('two dogs on a beach without people, "LIFEGUARD" in summer 2019')).toEqual({
    caption: "two dogs on a beach, LIFEGUARD",
    rest: 'two dogs on a beach, "LIFEGUARD"',
    avoided: ["people"],
    phrases: ["LIFEGUARD"],
    counts: [{ noun: "dogs", least: 2, most: 2, text: "two dogs" }],
    taken: { from: "2019-06-01", to: "2019-08-31" },
    place: undefined,
    colours: [],
    shapes: [],
  });
});

test.each(["", " ", "...", "🐈", "犬がいない", "кошка", "a".repeat(5000), "no ".repeat(2000)])(
  "any text is taken: %.20s",
  (text) => {
    const began = performance.now();
    expect(all(text)).toMatchObject({ taken: undefined });
    expect(performance.now() - began).toBeLessThan(1000);
  },
);
