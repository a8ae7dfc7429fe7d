/** The schema of what Cedar is asked; `docs/schemas/secret-safe.cedarschema` is the same text, as a test makes sure. */
export const CEDAR_SCHEMA = `// What langgraph-secret-safe asks Cedar. Policies are validated against it when they are loaded.
namespace SecretSafe {
  // From your own directory, given as \`entities\`.
  entity Group in [Group];

  // The user or workload. Its tags are what its token says, each a set of strings: principal.getTag("role").contains("admin").
  entity Principal in [Group] = {
    // The agent acting for it.
    act?: String,
    tenant?: String,
    // "code", "token" or "platform".
    via: String,
  } tags Set<String>;

  entity Tenant;

  // A whole thread, with whatever comes into it later.
  entity Thread in [Tenant];

  // One claim. What nobody can tell is absent: a forbid that asks for it must say what then.
  entity Claim in [Thread, Tenant] = {
    // "resume", "handoff" or "lease".
    mode: String,
    // Id of the rule that found the secret.
    rule: String,
    // In lower case.
    provider?: String,
    // "private", "publishable", "test" or "identifier".
    kind?: String,
    // 1 low, 2 medium, 3 high, 4 critical.
    severity?: Long,
  };

  type Place = {
    // Milliseconds since the epoch, by the store's clock.
    now: Long,
    // By the clock on the wall of the time zone that was given.
    hour: Long,
    // "mon" to "sun".
    weekday: String,
    environment?: String,
    channel?: String,
    node?: String,
    run?: String,
  };

  action restore, claim, peek, grant, revoke, reinstate, replace, copy
    appliesTo {
      principal: Principal,
      resource: [Claim, Thread, Tenant],
      context: Place,
    };
}
`
