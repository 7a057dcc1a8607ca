/** The program ended because staff want the machine for service: whoever keeps it running (systemd: `RestartPreventExitStatus=86`) lets it rest. */
export const serviceExitCode = 86
