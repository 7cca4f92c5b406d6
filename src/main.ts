// config -> engine -> server, until the process is asked to stop.
import { randomBytes } from "node:crypto";
import { startServer } from "./api/server.ts";
import type { Config } from "./config.ts";
import { openEngine } from "./engine/open-engine.ts";
import { offerModel } from "./model-offer.ts";

/** Runs the Portal and the API; resolves when the server is up. Stops on SIGINT and SIGTERM.
 *  @throws AppError "data_folder_busy", "model_unavailable", or that the port is taken */
export async function serve(config: Config): Promise<void> {
  const onError = (error: Error) => console.error(`semblance: ${error.message}`);
  const engine = await openEngine({
    config,
    onError,
    measures: true,
    reads: config.reading === "on",
  });
  const localToken = randomBytes(24).toString("base64url");
  const server = await startServer(engine, config, { localToken }).catch(async (cause) => {
    await engine.close();
    throw cause;
  });
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return process.exit(130); // asked twice: now
    isStopping = true;
    await server.close();
    await engine.close();
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => void stop().catch(onError));
  }
  // Whoever reads that it is ready may stop it at once.
  engine.lock.announce({ url: server.localUrl, token: localToken });
  console.log(`Semblance is ready: ${server.url}`);
  const offer = await offerModel(config);
  if (offer) console.log(offer);
}
