/**
 * Every physical name, computed the same way by infra (which creates) and by the runtime (which calls):
 * a function needs its stage and account, not an environment variable for each thing it touches.
 */
export const names = (stage: string, account: string) => {
  const prefix = `preau-${stage}`;
  return {
    table: (context: string) => `${prefix}-${context}`,
    function: (context: string, entry: string) => `${prefix}-${context}-${entry}`,
    queue: (queue: string) => `${prefix}-${queue}`,
    bucket: (bucket: string) => `${prefix}-${bucket}-${account}`,
    bus: prefix,
    failures: `${prefix}-failures`,
    secret: (secret: string) => `/${prefix}/keys/${secret}`,
    configurationSet: prefix,
    source: (context: string) => `preau.${context}`,
  } as const;
};

export const indexAttributes = (index: string) => ({ pk: `${index}Pk`, sk: `${index}Sk` });
