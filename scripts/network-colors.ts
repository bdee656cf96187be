import type { Plugin } from 'esbuild';
import type { Palette } from '../src/domain/channels/appearance.ts';
import type { Provider } from '../src/providers/contract.ts';

/** The colors of each network's posts as a stylesheet: what the folders say, in the only form that a strict policy takes. */
export function networkColors(providers: readonly Pick<Provider, 'id' | 'appearance'>[]): string {
  return providers.flatMap(({ id, appearance }) => {
    if (!appearance) return [];
    const { day, night } = appearance.colors;
    const said = (Object.keys(day) as (keyof Palette)[]).map((name) => `--net-${name}: light-dark(${day[name]}, ${night[name]});`);
    return [`.shown[data-network='${id}'] { ${said.join(' ')} }`];
  }).join('\n');
}

/** For esbuild: `@import 'networks'` in the styles is what the networks' folders say of their colors. */
export function colorsOf(providers: readonly Provider[]): Plugin {
  return {
    name: 'networks',
    setup(building) {
      building.onResolve({ filter: /^networks$/ }, () => ({ path: 'networks', namespace: 'networks' }));
      building.onLoad({ filter: /^networks$/, namespace: 'networks' }, () => ({ contents: networkColors(providers), loader: 'css' }));
    },
  };
}
