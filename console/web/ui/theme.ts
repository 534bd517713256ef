import { useSyncExternalStore } from "react";

export type ThemeChoice = "auto" | "light" | "dark";

const listeners = new Set<() => void>();
const dark = window.matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", tell);

function tell(): void {
  for (const listener of listeners) listener();
}

function themeChoice(): ThemeChoice {
  const { theme } = document.documentElement.dataset;
  return theme === "light" || theme === "dark" ? theme : "auto";
}

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  try {
    if (choice === "auto") localStorage.removeItem("theme");
    else localStorage.setItem("theme", choice);
  } catch {
    // Storage is switched off: the choice holds until the page is closed.
  }
  tell();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, themeChoice);

/** The theme in effect. */
export const useTheme = (): "light" | "dark" =>
  useSyncExternalStore(subscribe, () => {
    const choice = themeChoice();
    return choice === "auto" ? (dark.matches ? "dark" : "light") : choice;
  });
