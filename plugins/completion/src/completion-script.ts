/** The shells that there is a script for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

/**
 * A script that completes `program` by asking it: `program __complete <words>`, the last word being the one at the
 * cursor, prints a line that says whether names of files or folders fit (`none`, `files`, `folders`), and then a
 * line for each candidate, with its description after a tab.
 *
 * The program is called by its name, never by what stands on the line: pressing Tab after `./structum` must not
 * run a file of a folder that somebody else wrote.
 */
export function completionScript(shell: Shell, program: string): string {
  const name = `_${program.replace(/[^A-Za-z0-9]/g, '_')}`;
  return SCRIPTS[shell].replaceAll('{{program}}', program).replaceAll('{{function}}', name);
}

// `=` parts words in bash, and so it has to be put back. Without compopt (bash 3, as macOS has it) names with
// blanks are not quoted.
const BASH = `# {{program}} completion for bash: source <({{program}} completion bash)
{{function}}_complete() {
  local index word last="" paths="" value rest
  local -a words=()
  for ((index = 1; index <= COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    if [[ ( "$word" == "=" && "$last" == --* ) || "$last" == --*= ]]; then
      last="$last$word"
      words[\${#words[@]}-1]="$last"
    else
      last="$word"
      words[\${#words[@]}]="$word"
    fi
  done
  COMPREPLY=()
  while IFS=$'\\t' read -r value rest; do
    if [[ -z "$paths" ]]; then paths="$value"; else COMPREPLY[\${#COMPREPLY[@]}]="$value"; fi
  done < <(command {{program}} __complete "\${words[@]}" 2>/dev/null)
  (( \${#COMPREPLY[@]} > 0 )) && return
  [[ "$last" == --*=* ]] && last="\${last#*=}"
  case "$paths" in
    files)
      compopt -o default 2>/dev/null && return
      while IFS= read -r value; do COMPREPLY[\${#COMPREPLY[@]}]="$value"; done < <(compgen -f -- "$last")
      ;;
    folders)
      compopt -o dirnames 2>/dev/null && return
      while IFS= read -r value; do COMPREPLY[\${#COMPREPLY[@]}]="$value"; done < <(compgen -d -- "$last")
      ;;
  esac
}
complete -F {{function}}_complete {{program}}
`;

// Works sourced, and as a file \`{{function}}\` of a folder in fpath.
const ZSH = `#compdef {{program}}
# {{program}} completion for zsh: source <({{program}} completion zsh)
{{function}}() {
  local paths="" value description
  local -a candidates=()
  while IFS=$'\\t' read -r value description; do
    if [[ -z "$paths" ]]; then paths="$value"; else candidates+=("\${value//:/\\\\:}\${description:+:$description}"); fi
  done < <(command {{program}} __complete "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)
  [[ "$PREFIX" == --*=* ]] && compset -P '*='
  (( $#candidates > 0 )) && _describe '{{program}}' candidates
  case "$paths" in
    files) _files ;;
    folders) _files -/ ;;
  esac
}
if [[ "\${funcstack[1]}" == "{{function}}" ]]; then
  {{function}} "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef {{function}} {{program}}
fi
`;

const FISH = `# {{program}} completion for fish: {{program}} completion fish > ~/.config/fish/completions/{{program}}.fish
function _{{function}}_complete
  set -l before (commandline -opc)
  set -l current (commandline -ct)
  set -l lines (command {{program}} __complete $before[2..-1] "$current" 2>/dev/null)
  set -l option (string match -r -- '^--[^=]+=' "$current")
  for line in $lines[2..-1]
    printf '%s\\n' "$option$line"
  end
  set -l value (string replace -r -- '^--[^=]+=' '' "$current")
  switch "$lines[1]"
    case files
      for line in (__fish_complete_path "$value")
        printf '%s\\n' "$option$line"
      end
    case folders
      for line in (__fish_complete_directories "$value" '')
        printf '%s\\n' "$option$line"
      end
  end
end
complete -c {{program}} -f -a '(_{{function}}_complete)'
`;

const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
