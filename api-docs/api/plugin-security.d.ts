import { CommandContext, Output, SandboxMode, SecurityChecks, SecurityReport } from '@structum/core';

/** `structum security …`: proves what keeps plugins in their place. */
declare class SecurityPlugin {
}
declare module "@structum/core" {
  interface CommandMap {
    "security doctor": {
      input: Partial<DoctorInput>;
      result: SecurityReport;
    };
  }
}
/** Attempts an attack on each control. */
export declare class DoctorCommand {
  private readonly checks;
  constructor(checks: SecurityChecks);
  execute({ mode }: DoctorInput, context: CommandContext): Promise<SecurityReport>;
  render({ mode, controls, broken }: SecurityReport, out: Output): Promise<void>;
}
/** What `structum security doctor` takes. */
export declare class DoctorInput {
  mode?: SandboxMode;
}

export {
  SecurityPlugin as default,
};

export {};
