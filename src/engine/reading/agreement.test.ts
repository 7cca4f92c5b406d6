import { expect, test } from "vitest";
import { agreed } from "./agreement.ts";

const guess = (text: string, confidence: number) => ({ text, confidence });

test("the surer reading wins", () => {
  expect(agreed(guess("Hailo", 0.7), guess("Hallo", 0.9))).toEqual(guess("Hallo", 0.9));
  expect(agreed(guess("Hallo", 0.9), guess("Hailo", 0.7))).toEqual(guess("Hallo", 0.9));
});

test("spaces of both are kept where the characters are as many", () => {
  expect(agreed(guess("THE GRANDHOTEL", 0.8), guess("THEGRAND HOTEI", 0.9))).toEqual(
    guess("THE GRAND HOTEI", 0.9),
  );
});

test("accents are the Latin reading's, upper and lower case the surer one's", () => {
  const read = agreed(
    guess("épicerle Bäckerei Straße", 0.85),
    guess("EpicerieBackereiStraBe", 0.95),
  );
  expect(read).toEqual(guess("Épicerie Bäckerei Straße", 0.95));
});

test("Chinese gets no spaces of Latin letters", () => {
  expect(agreed(guess("1 ex", 0.3), guess("出口!", 0.9))).toEqual(guess("出口!", 0.9));
});

test("spaces are not taken from the same words one letter further", () => {
  expect(agreed(guess("-VISITOR CENTRE", 0.9), guess("VISITORCENTRE-", 0.95))).toEqual(
    guess("VISITORCENTRE-", 0.95),
  );
});

test("nothing read by both is nothing", () => {
  expect(agreed(guess("", 0), guess("", 0))).toEqual(guess("", 0));
});
