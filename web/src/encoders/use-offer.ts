// Whether this browser was asked already if it wants a better model than the built-in one.
import { useLocalStorage } from "@mantine/hooks";

export function useOfferAnswer() {
  const [isAnswered, setIsAnswered] = useLocalStorage({
    key: "semblance.encoder-offer-answered",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  return { isAnswered, answer: () => setIsAnswered(true) };
}
