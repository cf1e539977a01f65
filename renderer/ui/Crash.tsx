import { Component, type ReactNode } from 'react';

/**
 * The last net under a desk: a defect in drawing shows what happened and how to go on, in both languages, because the
 * language itself may be what broke. What was saved is at the station, so a reload loses nothing.
 */
export class Crash extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <main className="ui-page">
        <div className="ui-page-inner">
          <h1 className="is-stop">这个页面出错了，已保存的都在 · This page failed; what was saved is safe</h1>
          <p>按下面的按钮重新打开。 · Open it again with the button below.</p>
          <p>
            <button type="button" className="ui-button size-64 is-blue" onClick={() => window.location.reload()}>
              重新打开 · Open again
            </button>
          </p>
          <pre>{error.message}</pre>
        </div>
      </main>
    );
  }
}
