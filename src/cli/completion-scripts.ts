/**
 * What shells are told, so that they ask the program itself what a word can become. Nothing that is typed is evaluated: words go to the program as they are.
 */

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** The script of a shell; its functions and what it completes have the name of the program. */
export function completionScript(shell: Shell): string {
  return SCRIPTS[shell];
}

/** bash parts words at `=` and `:` (COMP_WORDBREAKS): they are put together as they stand in the line. What is offered takes the place of the last part alone. */
const BASH = String.raw`# bash completion of netpolsim: source <(netpolsim completion bash)
_netpolsim() {
  local -a words=()
  local rest=${'$'}{COMP_LINE:0:COMP_POINT} i word out directive prefix=''
  for ((i = 0; i < COMP_CWORD; i++)); do
    word=${'$'}{COMP_WORDS[i]}
    if ((i > 0)) && [[ $rest != [[:space:]]* ]]; then
      words[${'$'}{#words[@]}-1]+=$word
    else
      words+=("$word")
    fi
    rest=${'$'}{rest#"${'$'}{rest%%[![:space:]]*}"}
    rest=${'$'}{rest#"$word"}
  done
  if [[ -n $rest && $rest != [[:space:]]* ]]; then
    words[${'$'}{#words[@]}-1]+=$rest
  else
    words+=("${'$'}{rest#"${'$'}{rest%%[![:space:]]*}"}")
  fi
  out=$("${'$'}{words[0]/#\~\//$HOME/}" __complete "${'$'}{words[@]:1}" 2>/dev/null) || return
  directive=${'$'}{out##*:}
  word=${'$'}{words[${'$'}{#words[@]}-1]}
  [[ $word == -*=* && $COMP_WORDBREAKS != *=* ]] && prefix=${'$'}{word%%=*}=
  COMPREPLY=()
  while IFS=$'\t' read -r word _; do
    [[ -n $word && $word != :* ]] && COMPREPLY+=("$prefix$word")
  done <<<"$out"
  ((directive & 4)) && compopt +o default 2>/dev/null
  return 0
}
complete -o default -F _netpolsim netpolsim
`;

const ZSH = String.raw`#compdef netpolsim
# zsh completion of netpolsim: source <(netpolsim completion zsh), or this as a file _netpolsim in a folder of fpath
_netpolsim() {
  local out line last
  local -a answer described
  last=${'$'}{words[CURRENT]}
  out=$("${'$'}{words[1]/#\~\//$HOME/}" __complete "${'$'}{(@Q)words[2,CURRENT]}" 2>/dev/null) || return 1
  answer=("${'$'}{(@f)out}")
  for line in "${'$'}{(@)answer[1,-2]}"; do
    if [[ $line == *$'\t'* ]]; then
      described+=("${'$'}{${'$'}{line%%$'\t'*}//:/\\:}:${'$'}{line#*$'\t'}")
    else
      described+=("${'$'}{line//:/\\:}")
    fi
  done
  [[ $last == -*=* ]] && compset -P '*='
  if (( ${'$'}{#described} )); then
    _describe -t values netpolsim described
  elif (( (${'$'}{answer[-1]#:} & 4) == 0 )); then
    _files
  fi
}
if [[ ${'$'}{funcstack[1]} == _netpolsim ]]; then
  _netpolsim "$@"
else
  compdef _netpolsim netpolsim
fi
`;

const FISH = `# fish completion of netpolsim: netpolsim completion fish | source
function __netpolsim_complete
  set -l words (commandline -opc)
  set -l typed (commandline -ct)
  set -l answer ($words[1] __complete $words[2..-1] "$typed" 2>/dev/null)
  test (count $answer) -gt 0; or return
  set -l prefix (string match -r -- '^-[^=]*=' "$typed")
  if test (count $answer) -gt 1
    for line in $answer[1..-2]
      echo "$prefix$line"
    end
  else if test "$answer[-1]" = ':0'
    __fish_complete_path (string replace -r -- '^-[^=]*=' '' "$typed") | string replace -r -- '^' "$prefix"
  end
end
complete -c netpolsim -f -k -a '(__netpolsim_complete)'
`;

const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
