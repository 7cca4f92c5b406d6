import { expect, test } from "vitest";
import { guessLanguage } from "./language.ts";

test.each([
  ["en", "Please close the gate"],
  ["de", "Wir haben heute geschlossen, bitte klingeln"],
  ["fr", "Fermé le dimanche et les jours fériés"],
  ["es", "Cerrado por vacaciones, el dueño"],
  ["it", "Chiuso per ferie, il negozio non è aperto"],
  ["pt", "Não é permitido estacionar"],
  ["nl", "Wij zijn gesloten op zondag"],
  ["zh", "北京饭店 Beijing"],
  ["ja", "東京タワーへようこそ"],
  ["ru", "Добро пожаловать"],
])("%s: %s", (language, text) => {
  expect(guessLanguage(text)).toBe(language);
});

test.each(["", "4711", "Semblance", "IMG_4021.JPG", "Hotel Bristol", "The"])(
  "%j says no language",
  (text) => expect(guessLanguage(text)).toBeUndefined(),
);
