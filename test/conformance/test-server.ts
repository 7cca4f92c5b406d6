// The server that the suites talk to: as users start it, with a key, a certificate and a mirror of the sample
// pictures, so that nothing needs the network.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeCertificate } from "../fixtures/certificate.ts";
import { serve } from "../fixtures/cli.ts";
import { temporaryFolder } from "../fixtures/engine.ts";
import { drawSamples, SAMPLE_HOSTS } from "./sample-pictures.ts";

const KEY = "conformance-key-of-24-chars";

export type TestServer = {
  /** Variables by which the suites find it, see suites/server.js. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
};

/** @throws Error where there is no openssl to make a certificate */
export async function startTestServer(): Promise<TestServer> {
  const folder = temporaryFolder();
  const pictures = join(folder, "pictures");
  await drawSamples(pictures);
  const certificate = makeCertificate();
  if (!certificate) throw new Error("Expected openssl for the certificate but there is none.");
  const { tlsCert, tlsKey } = certificate;
  const server = await serve([], {
    SEMBLANCE_DATA: join(folder, "data"),
    SEMBLANCE_KEY: KEY,
    SEMBLANCE_TLS_CERT: tlsCert,
    SEMBLANCE_TLS_KEY: tlsKey,
    SEMBLANCE_URL_MIRROR: SAMPLE_HOSTS.map((host) => `${host}=${pictures}`).join(","),
  });
  server.child.stderr?.pipe(process.stderr);
  return {
    env: {
      // The port speaks both; what it prints is the address with TLS.
      CONFORMANCE_URL: server.url.replace("https:", "http:"),
      GRPC_DEFAULT_SSL_ROOTS_FILE_PATH: tlsCert,
      CONFORMANCE_KEY: KEY,
      CONFORMANCE_PICTURES: pictures,
    },
    async close() {
      server.child.kill();
      await server.finished;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
