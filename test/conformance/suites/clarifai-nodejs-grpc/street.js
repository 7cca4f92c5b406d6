// The inputs that the search tests find: pictures with concepts, metadata, places and datasets.
import { sampleBytes, sampleUrl } from "../server.js";
import { struct } from "./client.js";

const place = (longitude, latitude) => ({ geo_point: { longitude, latitude } });

const INPUTS = [
  {
    id: "dog",
    dataset_ids: ["animals"],
    data: {
      image: { url: sampleUrl("dog.tiff") },
      concepts: [
        { id: "my-dog", name: "my dog", value: 1 },
        { id: "animal", value: 1 },
      ],
      metadata: struct({ breed: "Saint Bernard", care: { vet: "Ann", visits: [1, 2, 3] } }),
      geo: place(-30, 40),
    },
  },
  {
    id: "puppy",
    dataset_ids: ["animals"],
    data: {
      image: { base64: sampleBytes("puppy.jpeg") },
      concepts: [
        { id: "animal", value: 1 },
        { id: "my-dog", value: 0 },
      ],
      metadata: struct({ breed: "Border Collie", age: 1 }),
      geo: place(-20, 42.05),
    },
  },
  {
    id: "red-car",
    dataset_ids: ["street"],
    data: {
      image: { url: sampleUrl("red-car-1.png") },
      concepts: [{ id: "vehicle", value: 1 }],
      metadata: struct({ colour: "red", wheels: 4, sold: true }),
      geo: place(44, 55),
    },
  },
  {
    id: "turned-car",
    dataset_ids: ["street"],
    data: {
      image: { base64: sampleBytes("red-car-2.jpeg") },
      concepts: [{ id: "vehicle", value: 1 }],
      metadata: struct({ colour: "red", wheels: 4, sold: false }),
    },
  },
  {
    id: "train",
    dataset_ids: ["street"],
    data: {
      image: { url: sampleUrl("metro-north.jpg") },
      concepts: [
        { id: "vehicle", value: 1 },
        { id: "的な", value: 1 },
      ],
    },
  },
  { id: "cookies", data: { image: { base64: sampleBytes("cookies.jpeg") } } },
];

export const ALL = INPUTS.map(({ id }) => id);

/** Adds the datasets and the inputs to an app and waits for them. */
export async function fill(app) {
  await app.call("PostDatasets", { datasets: [{ id: "animals" }, { id: "street" }] });
  await app.add(INPUTS);
}
