// Clarifai's first JavaScript client (npm `clarifai`) on Semblance. Start the server, then, in a folder of your own:
//   npm install clarifai
//   node legacy-js.cjs photo.jpg https://example.com/other.jpg
// SEMBLANCE_URL (default http://localhost:8484) and SEMBLANCE_KEY say where it is and with which key.
const { readFileSync } = require("node:fs");
const { setTimeout } = require("node:timers/promises");
const Clarifai = require("clarifai");

const [file, url] = process.argv.slice(2);
const apiEndpoint = process.env.SEMBLANCE_URL ?? "http://localhost:8484";
const apiKey = process.env.SEMBLANCE_KEY ?? "none";
const appId = `example-${Date.now()}`;
// Without userId and appId it works in the app that is there from the start. It cannot make apps: HTTP can.
const app = new Clarifai.App({ apiKey, apiEndpoint, userId: "me", appId });

async function run() {
  await apps("POST", "", { apps: [{ id: appId }] });
  await app.inputs.create([
    { id: "from-file", base64: readFileSync(file).toString("base64") },
    {
      id: "from-url",
      url,
      concepts: [{ id: "favourite", value: true }],
      metadata: { found: "on the web" },
      geo: { latitude: 40, longitude: -30 },
    },
  ]);
  while ((await waiting()) > 0) await setTimeout(100);

  await show("like the URL", { input: { url } });
  await show("#dog", { concept: { name: "dog" } });
  await show("labelled favourite", { concept: { id: "favourite", type: "input" } });
  await show("found on the web", { input: { type: "input", metadata: { found: "on the web" } } });
  const geo = { latitude: 40, longitude: -29, type: "withinKilometers", value: 100 };
  await show("near 40, -29", { input: { geo } });
  await show("like the URL and labelled", [
    { input: { url } },
    { concept: { id: "favourite", type: "input" } },
  ]);
  await apps("DELETE", `/${appId}`);
}

async function show(title, query) {
  const { hits } = await app.inputs.search(query);
  const found = hits.map(({ input, score }) => `${input.id} ${score.toFixed(3)}`);
  console.log(`${title}: ${found.join(", ")}`);
}

async function waiting() {
  const { counts } = await app.inputs.getStatus();
  return counts.to_process + counts.processing;
}

async function apps(method, path, body) {
  const headers = { authorization: `Key ${apiKey}` };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetch(`${apiEndpoint}/v2/users/me/apps${path}`, init);
  if (!response.ok) throw new Error(await response.text());
}

run().catch((error) => {
  console.error(error.response?.data ?? error);
  process.exitCode = 1;
});
