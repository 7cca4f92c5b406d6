// Over the corner of the inputs, once per browser: a better model is offered when the pictures have long been there.
import { useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useCounts } from "../counts.ts";
import { useOfferAnswer } from "./use-offer.ts";

const AFTER_MS = 3000;

const EncoderOffer = lazy(async () => ({
  default: (await import("./encoder-offer.tsx")).EncoderOffer,
}));

export function OfferPlace() {
  const { isAnswered } = useOfferAnswer();
  const { data: counts } = useCounts();
  const isInputs = useLocation({ select: ({ pathname }) => pathname.endsWith("/inputs") });
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  const isShown = isLate && !isAnswered && isInputs && counts && counts.processed > 0;
  return <Suspense>{isShown && <EncoderOffer />}</Suspense>;
}
