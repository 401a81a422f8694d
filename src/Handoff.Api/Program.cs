using Handoff.Api;

return await Verbs.Run(args);
