// Clarifai's gRPC client for Node.js on Semblance. Start the server, then, in a folder of your own:
//   npm install clarifai-nodejs-grpc
//   node node-grpc.js photo.jpg https://example.com/other.jpg
// SEMBLANCE_URL (default http://localhost:8484) and SEMBLANCE_KEY say where it is and with which key.
import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import client from "clarifai-nodejs-grpc";

const [file, url] = process.argv.slice(2);
const { ClarifaiStub, grpc } = client;
const { host } = new URL(process.env.SEMBLANCE_URL ?? "http://localhost:8484");
// `ClarifaiStub.grpc(host)` speaks TLS: it is enough for a server with SEMBLANCE_TLS_CERT whose certificate this machine
// trusts (GRPC_DEFAULT_SSL_ROOTS_FILE_PATH names others). Without TLS, its class can be opened like this:
const stub = new (ClarifaiStub.grpc(host).constructor)(host, grpc.credentials.createInsecure());
const metadata = new grpc.Metadata();
metadata.set("authorization", `Key ${process.env.SEMBLANCE_KEY ?? "none"}`);

const user_app_id = { user_id: "me", app_id: `example-${Date.now()}` };
await call("PostApps", { user_app_id, apps: [{ id: user_app_id.app_id }] });
await call("PostInputs", {
  user_app_id,
  inputs: [
    { id: "from-file", data: { image: { base64: readFileSync(file) } } },
    {
      id: "from-url",
      data: {
        image: { url },
        concepts: [{ id: "favourite", value: 1 }],
        geo: { geo_point: { latitude: 40, longitude: -30 } },
      },
    },
  ],
});
while ((await waiting()) > 0) await setTimeout(100);

const [image, dog] = [{ image: { url } }, { concepts: [{ name: "dog", value: 1 }] }];
const favourite = { concepts: [{ id: "favourite", value: 1 }] };
const near = {
  geo: {
    geo_point: { latitude: 40, longitude: -29 },
    geo_limit: { type: "withinKilometers", value: 100 },
  },
};
await show("like the URL", { ranks: [{ annotation: { data: image } }] });
await show("#dog", { ranks: [{ annotation: { data: dog } }] });
await show('"a dog on a beach"', {
  ranks: [{ annotation: { data: { text: { raw: "a dog on a beach" } } } }],
});
await show("labelled favourite", { filters: [{ annotation: { data: favourite } }] });
await show("near 40, -29", { filters: [{ annotation: { data: near } }] });
await call("DeleteApp", { user_app_id });
process.exit();

async function show(title, query) {
  const { hits } = await call("PostInputsSearches", { user_app_id, searches: [{ query }] });
  const found = hits.map(({ input, score }) => `${input.id} ${score.toFixed(3)}`);
  console.log(`${title}: ${found.join(", ")}`);
}

async function waiting() {
  const { counts } = await call("GetInputCount", { user_app_id });
  return counts.to_process + counts.processing;
}

function call(method, request) {
  return new Promise((resolve, reject) => {
    stub[method](request, metadata, (error, response) => {
      if (error) reject(error);
      else if (response.status.code === 10000) resolve(response);
      else reject(new Error(`${response.status.description} ${response.status.details}`));
    });
  });
}
