// Clarifai's Node.js SDK on Semblance. Start the server, then, in a folder of your own:
//   npm install --legacy-peer-deps clarifai-nodejs
//   node node-sdk.js photo.jpg https://example.com/other.jpg
// SEMBLANCE_URL (default http://localhost:8484) and SEMBLANCE_KEY say where it is and with which key.
import { App, Input, Search, User } from "clarifai-nodejs";

const [file, url] = process.argv.slice(2);
const authConfig = (appId) => ({
  base: process.env.SEMBLANCE_URL ?? "http://localhost:8484", // all that differs from the cloud
  pat: process.env.SEMBLANCE_KEY ?? "none",
  userId: "me",
  appId,
});

const user = new User(authConfig("main"));
// The SDK's default is "Empty", which cannot rank.
const { id } = await user.createApp({ appId: `example-${Date.now()}`, baseWorkflow: "Universal" });
const app = new App({ authConfig: authConfig(id) });
await app.createDataset({ datasetId: "examples" });

// `bulkUpload` waits until the pictures are searchable; `uploadInputs` would not.
await new Input({ authConfig: authConfig(id) }).bulkUpload({
  inputs: [
    Input.getInputFromFile({ inputId: "from-file", imageFile: file, datasetId: "examples" }),
    Input.getInputFromUrl({
      inputId: "from-url",
      imageUrl: url,
      labels: ["favourite"],
      metadata: { found: "on the web" },
      geoInfo: { latitude: 40, longitude: -30 },
    }),
  ],
});

await show("like the URL", { ranks: [{ imageUrl: url }] });
await show("#dog", { ranks: [{ concepts: [{ name: "dog", value: 1 }] }] });
await show('"a dog on a beach"', { ranks: [{ textRaw: "a dog on a beach" }] });
await show("labelled favourite", { filters: [{ concepts: [{ name: "favourite", value: 1 }] }] });
await show("near 40, -29", {
  filters: [{ geoPoint: { latitude: 40, longitude: -29, geoLimit: 100 } }],
});
await show("in the dataset, like the URL", {
  ranks: [{ imageUrl: url }],
  filters: [{ inputDatasetIds: ["examples"] }],
});
await user.deleteApp({ appId: id });

async function show(title, query) {
  const hits = [];
  for await (const { hitsList } of new Search({ authConfig: authConfig(id) }).query(query)) {
    hits.push(...hitsList.map(({ input, score }) => `${input.id} ${score.toFixed(3)}`));
  }
  console.log(`${title}: ${hits.join(", ")}`);
}
