// A link to Inputs, by default to all of them.
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { usePortal } from "../portal.ts";
import { EVERYTHING, type Query } from "../query.ts";

type InputsLinkProps = {
  readonly query?: Query;
  readonly className?: string | undefined;
  readonly title?: string;
  readonly children: ReactNode;
};

export function InputsLink({ query = EVERYTHING, children, ...props }: InputsLinkProps) {
  const { appId } = usePortal();
  return (
    <Link to="/apps/$appId/inputs" params={{ appId }} search={{ query }} {...props}>
      {children}
    </Link>
  );
}

/** Inputs that are labelled with a concept. */
export function labelledWith(name: string): Query {
  return { ...EVERYTHING, filters: [{ kind: "label", name, isNegated: false }] };
}
