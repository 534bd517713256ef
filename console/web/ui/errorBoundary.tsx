import { Component, type ReactNode } from "react";
import { State } from "./states";

/** A defect of one page leaves the others usable. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <State title="This page has a defect" role="alert">
        <p>{error.message}</p>
        <button type="button" onClick={() => window.location.reload()}>
          Load the page again
        </button>
      </State>
    );
  }
}
