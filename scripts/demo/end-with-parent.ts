/** Loaded into each child before its own code: the channel to the parent closes however the parent dies, and the child ends with it. */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
