// A gallery of illustrated scenes by our own code: no picture of anybody else.
import { beaches } from "./beaches.ts";
import { bicycles } from "./bicycles.ts";
import { birds } from "./birds.ts";
import { boats } from "./boats.ts";
import { cakes } from "./cakes.ts";
import { cars } from "./cars.ts";
import { cities } from "./cities.ts";
import { coffees } from "./coffees.ts";
import { deserts } from "./deserts.ts";
import { balloons, celebrations } from "./festivities.ts";
import { fields } from "./fields.ts";
import { fish } from "./fish.ts";
import { flowers } from "./flowers.ts";
import { forests, trees } from "./forests.ts";
import { fruits } from "./fruits.ts";
import { hotAirBalloons } from "./hot-air-balloons.ts";
import { lighthouses } from "./lighthouses.ts";
import { mountains } from "./mountains.ts";
import { nights } from "./nights.ts";
import { cats, dogs } from "./pets.ts";
import { weathers } from "./rainbows.ts";
import { rains } from "./rains.ts";
import type { Scene } from "./scene.ts";
import { snowmen } from "./snowmen.ts";
import { sunsets } from "./sunsets.ts";

const FAMILIES = {
  sunsets,
  flowers,
  mountains,
  cats,
  boats,
  cities,
  fruits,
  forests,
  hotAirBalloons,
  birds,
  beaches,
  coffees,
  trees,
  fields,
  fish,
  nights,
  cars,
  cakes,
  lighthouses,
  dogs,
  snowmen,
  deserts,
  bicycles,
  balloons,
  weathers,
  rains,
  celebrations,
} as const satisfies Readonly<Record<string, readonly Scene[]>>;

export type Family = keyof typeof FAMILIES;

/** Without an ending. */
export function toFileName({ name }: Scene): string {
  return name.replaceAll(" ", "-");
}

/** Every family spread evenly over the whole, so that any part of it is a mixture. */
export function spreadScenes(): readonly { readonly scene: Scene; readonly family: Family }[] {
  return (Object.keys(FAMILIES) as Family[])
    .flatMap((family, row) => {
      const scenes: readonly Scene[] = FAMILIES[family];
      return scenes.map((scene, i) => {
        return { scene, family, place: (i + 0.5) / scenes.length + row / 1000 };
      });
    })
    .sort((a, b) => a.place - b.place);
}
