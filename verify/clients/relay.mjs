import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const LAUNCHER = path.join(HERE, '../../jackstaff');
const FLAGS = await readFile(path.join(HERE, 'src/test/resources/flags.yaml'), 'utf8');
const PATIENCE_MILLIS = 20_000;

/** Who may ask the relay: what a client has to present, and the configuration that asks for it. */
export const ACCESSES = [
    { name: 'open', key: undefined, config: (source) => source },
    {
        name: 'with keys',
        key: 'app-key',
        config: (source) => `${source}authorizedKeys: {evaluation: [app-key]}\n`,
    },
    {
        name: 'with a flag set',
        key: 'app-key',
        config: (source) => `flagsets:\n  - name: app\n    apiKeys: [app-key]\n${source.replace(/^/gm, '    ').trimEnd()}\n`,
    },
];

/** A relay in a process of its own, started as people start it. It serves `flags.yaml` and exports events to files. */
export class TestRelay {
    #process;
    #folder;

    /** Comes back when it answers. */
    static async start(access) {
        const relay = new TestRelay();
        relay.#folder = await mkdtemp(path.join(tmpdir(), 'jackstaff-clients-'));
        await relay.restoreFlags();
        const source = [
            `retriever: {kind: file, path: '${relay.#folder}/flags.yaml'}`,
            'pollingInterval: 1000',
            `exporter: {kind: file, format: json, outputDir: '${relay.#folder}/events', flushInterval: 100}`,
            '',
        ].join('\n');
        const config = path.join(relay.#folder, 'goff-proxy.yaml');
        await writeFile(config, `server: {host: 127.0.0.1, port: 0}\nhideBanner: true\n${access.config(source)}`);
        relay.#process = spawn(LAUNCHER, ['serve', '--config', config], { stdio: ['ignore', 'ignore', 'pipe'] });
        relay.address = `http://127.0.0.1:${await relay.#port()}`;
        return relay;
    }

    async #port() {
        const said = [];
        // Whatever it says later is read, too: nobody else empties the pipe.
        const lines = readline.createInterface({ input: this.#process.stderr });
        const port = await new Promise((resolve, reject) => {
            lines.on('line', (line) => {
                said.push(line);
                const listening = /"msg":"listening".*"port":(\d+)/.exec(line);
                if (listening) resolve(Number(listening[1]));
            });
            lines.on('close', () => reject(new Error(`the relay ended instead of listening:\n${said.join('\n')}`)));
        });
        return port;
    }

    /** Replaces a text in the flag file; the relay sees it within a second. */
    async edit(text, replacement) {
        await this.#write(FLAGS.replaceAll(text, replacement));
    }

    async restoreFlags() {
        await this.#write(FLAGS);
    }

    async #write(flags) {
        await writeFile(path.join(this.#folder, 'flags.yaml.new'), flags);
        await rename(path.join(this.#folder, 'flags.yaml.new'), path.join(this.#folder, 'flags.yaml'));
    }

    /** All events of a user that have been exported until now. */
    async eventsOf(user) {
        const folder = path.join(this.#folder, 'events');
        const files = await readdir(folder).catch(() => []);
        const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
        return texts
            .flatMap((text) => text.split('\n').filter((line) => line !== ''))
            .map((line) => JSON.parse(line))
            .filter((event) => event.userKey === user);
    }

    async stop() {
        this.#process.kill('SIGTERM');
        if (this.#process.exitCode === null) await once(this.#process, 'exit');
        await rm(this.#folder, { recursive: true });
    }
}

/** Looks until `expected` holds for what it sees, for 20 s at most, and returns that. */
export async function eventually(look, expected) {
    const end = Date.now() + PATIENCE_MILLIS;
    let seen = await look();
    while (!expected(seen)) {
        if (Date.now() > end) throw new Error(`not as expected after ${PATIENCE_MILLIS} ms: ${JSON.stringify(seen)}`);
        await pause(20);
        seen = await look();
    }
    return seen;
}
