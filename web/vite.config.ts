// The Portal: web/ -> dist/web with hashed assets. `vite web` serves it against a local server.
import react from "@vitejs/plugin-react";
import mantinePreset from "postcss-preset-mantine";
import { defineConfig } from "vite";

const SERVER = "http://127.0.0.1:8484";
const SERVER_PATHS = [
  "/v2",
  "/uploads",
  "/thumbnails",
  "/originals",
  "/session",
  "/semblance",
  "/health",
];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  css: { postcss: { plugins: [mantinePreset()] } },
  server: { proxy: Object.fromEntries(SERVER_PATHS.map((path) => [path, SERVER])) },
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    // Whose code the Portal contains, and under which terms.
    license: { fileName: "licenses.md" },
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    // The largest is a map of the world, which loads when someone zooms into it.
    chunkSizeWarningLimit: 800,
  },
});
