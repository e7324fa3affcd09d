/** The document that tuning.report.document makes: report.json, and `#report-data` in report.html. */

export interface Report {
  Version: number;
  Title: string;
  Live: boolean;
  Metric: { Name: string; Type: "Maximize" | "Minimize" };
  TuningJobs: TuningJob[];
  Ranges: Range[];
  Jobs: Job[];
  Best: string | null;
  Deployed: string | null;
  Baseline: { Label: string; Value: number; Job: string | null } | null;
  Noise: { StandardDeviation: number; Groups: number; Jobs: number } | null;
  Importance: Importance[];
  ImportanceNote: string | null;
  Pair: [string, string] | null;
  Curves: { Shown: number; LeftOut: number; Unit: string; Note: string | null };
}

export interface TuningJob {
  Name: string;
  Status: string;
  Strategy: string;
  Created: string | null;
  Ended: string | null;
  MaxJobs: number | null;
  MaxParallel: number | null;
  IsParent: boolean;
  WhyItEnded: string | null;
}

export interface Range {
  Name: string;
  Kind: "Continuous" | "Integer" | "Categorical";
  Min: number | null;
  Max: number | null;
  Scaling: string | null;
  Values: string[] | null;
}

export interface Job {
  Name: string;
  Label: string;
  TuningJob: string;
  Definition: string | null;
  Number: number;
  Rank: number | null;
  Status: string;
  EarlyStopped: boolean;
  Value: number | null;
  Created: string | null;
  Started: string | null;
  Ended: string | null;
  Seconds: number | null;
  BillableSeconds: number | null;
  HyperParameters: Record<string, string>;
  FailureReason: string | null;
  LogCommand: string | null;
  LogUrl: string | null;
  Curve: { Metric: string; Points: [number, number][] } | null;
}

export interface Importance {
  Evaluator: string;
  Shares: { Name: string; Share: number; Low: number | null; High: number | null }[];
}

declare global {
  interface Window {
    /** The page of `retune ui` shows newer and newer documents; what the reader chose stays. */
    retune: { show(report: Report): void };
  }
}
