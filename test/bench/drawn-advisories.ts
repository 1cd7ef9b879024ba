/** Advisories and packages for the bench, drawn: always the same. */
import { type Ecosystem, ecosystems } from "../../shared/model/packages.ts";

export type Draw = (below: number) => number;

export function drawing(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export const drawnAdvisories = 30_000;
export const drawnPackages = 21_000;

export const ecosystemOf = (number: number): Ecosystem => ecosystems[number % ecosystems.length] ?? "npm";
export const nameOf = (ecosystem: Ecosystem, number: number) =>
  ecosystem === "Maven" ? `org.example:package-${number}` : `package-${number}`;
export const versionOf = (draw: Draw) => `${draw(6)}.${draw(20)}.${draw(30)}`;

/** An OSV record. */
export function aDrawnRecord(number: number, draw: Draw): unknown {
  const ecosystem = ecosystemOf(number);
  const intervals = 1 + draw(2);
  const events = Array.from({ length: intervals }, () => {
    const [major, minor] = [draw(6), draw(15)];
    return [{ introduced: `${major}.${minor}.0` }, { fixed: `${major}.${minor + draw(5)}.${1 + draw(20)}` }];
  }).flat();
  return {
    id: `GHSA-${number.toString(36).padStart(4, "0")}-drawn`,
    modified: "2026-11-20T00:00:00Z",
    aliases: [`CVE-2026-${number}`],
    severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H" }],
    affected: [{ package: { ecosystem, name: nameOf(ecosystem, draw(drawnPackages / 3)) }, ranges: [{ type: "ECOSYSTEM", events }] }],
  };
}
