/** A plugin that comes up with its host, and tells of that and of its end. Its command `early <how>` ends as it is told. */
export const EARLY = `
  const { defineCommand, definePlugin } = require('@structum/core');
  module.exports = definePlugin({
    name: 'early', description: 'Comes up with its host', activation: ['onStart'],
    onActivate(context) {
      console.error('early up');
      context.own(() => { console.error('early down'); }, 'what it tells');
    },
    commands: [defineCommand({
      path: 'early', description: 'Ends somehow',
      arguments: { how: { type: 'string', enum: ['well', 'badly', 'crashing', 'slowly', 'loudly'], description: 'How to end' } },
      async execute({ how }, { signal, output }) {
        if (how === 'badly') throw new Error('it went wrong');
        if (how === 'crashing') setTimeout(() => { throw new Error('it crashed'); }, 1);
        if (how === 'slowly' || how === 'crashing') await new Promise((resolve, reject) => { console.error('waiting'); const timer = setInterval(() => {}, 1000); signal.addEventListener('abort', () => { clearInterval(timer); reject(signal.reason); }); });
        if (how === 'loudly') for (let line = 0; !signal.aborted; line += 1) await output.line('line ' + line);
        return how;
      },
    })],
  });
`;
