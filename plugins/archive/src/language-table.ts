// Made by tools/languages.mjs from linguist-languages: do not edit.

/** A line per language: its fence name, then extensions (`.ts`) and whole file names (`=Makefile`), tab-separated. */
export const LANGUAGES = `
1c-enterprise	.bsl	.os
2-dimensional-array	.2da
4d	.4dm
abap	.abap
abap-cds	.asddls
abnf	.abnf
actionscript	.as
ada	.ada	.adb	.ads
adobe-font-metrics	.afm
agda	.agda
ags-script	.asc
aidl	.aidl
aiken	.ak
al	.al
aleo	.aleo
algol	.alg
alloy	.als
alpine-abuild	=APKBUILD
altium-designer	.OutJob	.PcbDoc	.PrjPCB	.SchDoc
ampl	.ampl
angelscript	.angelscript
answer-set-programming	.lp
ant-build-system	=ant.xml	=build.xml
antlers	.antlers.html	.antlers.php	.antlers.xml
antlr	.g4
apacheconf	.apacheconf	.vhost	=.htaccess	=apache2.conf	=httpd.conf
apex	.apex	.cls
api-blueprint	.apib
apl	.apl	.dyalog
apollo-guidance-computer	.agc
applescript	.applescript	.scpt
arc	.arc
asciidoc	.adoc	.asciidoc
asl	.asl	.dsl
asn.1	.asn	.asn1
aspectj	.aj
aspx	.asax	.ascx	.ashx	.asmx	.aspx	.axd
assembly	.a51	.asm	.nasm
astro	.astro
asymptote	.asy
ats	.dats	.hats	.sats
augeas	.aug
autohotkey	.ah1	.ah2	.ahk	.ahkl
autoit	.au3
avro-idl	.avdl
awk	.auk	.awk	.gawk	.mawk	.nawk
b	.b	.mch
b4x	.bas
ballerina	.bal
baml	.baml
batchfile	.bat	.cmd	=gradlew.bat	=mvnw.cmd
bbcode	.bbcode
beef	.bf
befunge	.befunge
berry	.be
bibtex	.bib	.bibtex
bibtex-style	.bst
bicep	.bicep	.bicepparam
bikeshed	.bs
bird2	=bird.conf
bison	.bison
bitbake	.bb	.bbappend	.bbclass
blade	.blade	.blade.php
blitzbasic	.decls
blitzmax	.bmx
blueprint	.blp
bluespec	.bsv
boo	.boo
boogie	.bpl
bqn	.bqn
brightscript	.brs
browserslist	=.browserslistrc	=browserslist
bru	.bru
c	.c	.cats	.h	.h.in	.idc
c-objdump	.c-objdump
c2hs-haskell	.chs
c3	.c3
cabal-config	.cabal	=cabal.config	=cabal.project
caddyfile	.caddyfile	=Caddyfile
cadence	.cdc
cairo	.cairo
cameligo	.mligo
cangjie	.cj
cap'n-proto	.capnp
cap-cds	.cds
carbon	.carbon
cartocss	.mss
ceylon	.ceylon
chapel	.chpl
charity	.ch
checksums	.crc32	.md2	.md4	.md5	.sha1	.sha2	.sha224	.sha256	.sha256sum	.sha3	.sha384	.sha512	=MD5SUMS	=SHA1SUMS	=SHA256SUMS	=SHA256SUMS.txt	=SHA512SUMS	=checksums.txt	=cksums	=md5sum.txt
chuck	.ck
cil	.cil
circom	.circom
cirru	.cirru
clarion	.clw
clarity	.clar
classic-asp	.asp
clean	.dcl	.icl
click	.click
clips	.clp
clojure	.boot	.cl2	.clj	.cljc	.cljs	.cljs.hl	.cljscm	.cljx	.hic	=riemann.config
closure-templates	.soy
cloud-firestore-security-rules	=firestore.rules
clue	.clue
cmake	.cmake	.cmake.in	=CMakeLists.txt
cobol	.cbl	.ccp	.cob	.cobol	.cpy
codeowners	=CODEOWNERS
codeql	.ql	.qll
coffeescript	._coffee	.cjsx	.coffee	.coffee.erb	.iced	=Cakefile
coldfusion	.cfm	.cfml
coldfusion-cfc	.cfc
collada	.dae
common-lisp	.asd	.lisp	.lsp	.ny	.podsl	.sexp
common-workflow-language	.cwl
component-pascal	.cp	.cps
conll-u	.conll	.conllu
cooklang	.cook
cool	.cl
cpp	.c++	.cc	.cpp	.cppm	.cxx	.h++	.hh	.hpp	.hxx	.inc	.inl	.ino	.ipp	.ixx	.tcc	.tpp	.txx
cpp-objdump	.c++-objdump	.c++objdump	.cpp-objdump	.cppobjdump	.cxx-objdump
cql	.cql
creole	.creole
crontab	=crontab
crystal	.cr
csharp	.cake	.cs	.cs.pp	.csx	.linq
cson	.cson
csound	.orc	.udo
csound-document	.csd
csound-score	.sco
css	.css
csv	.csv
cuda	.cu	.cuh
cue	.cue
curl-config	=.curlrc	=_curlrc
curry	.curry
cweb	.w
cycript	.cy
cylc	.cylc	=suite.rc
cypher	.cyp	.cypher
cython	.pxd	.pxi	.pyx
d	.d	.di
d-objdump	.d-objdump
d2	.d2
dafny	.dfy
darcs-patch	.darcspatch	.dpatch
dart	.dart
daslang	.das
dataweave	.dwl
debian-package-control-file	.dsc
desktop	.desktop	.desktop.in
dhall	.dhall
diff	.diff	.patch
digital-command-language	.com
dircolors	.dircolors	=.dir_colors	=.dircolors	=DIR_COLORS	=_dir_colors	=_dircolors	=dir_colors
directx-3d-file	.x
dm	.dm
dns-zone	.arpa	.zone
dockerfile	.containerfile	.dockerfile	=Containerfile	=Dockerfile
dogescript	.djs
dotenv	.env	=.env	=.env.ci	=.env.dev	=.env.development	=.env.development.local	=.env.example	=.env.local	=.env.prod	=.env.production	=.env.sample	=.env.staging	=.env.template	=.env.test	=.env.testing
dune	=dune-project
dylan	.dyl	.dylan	.intr	.lid
e	.e
e-mail	.eml	.mbox
eagle	.sch
earthly	=Earthfile
easybuild	.eb
ebnf	.ebnf
ec	.ec	.eh
ecere-projects	.epj
ecl	.ecl	.eclxml
ecr	.ecr
edge	.edge
edgeql	.edgeql	.esdl
editorconfig	.editorconfig	=.editorconfig
edje-data-collection	.edc
edn	.edn
eex	.heex	.html.eex	.leex
ejs	.ect	.ejs	.ejs.t	.jst
elixir	.ex	.exs	=mix.lock
elm	.elm
elvish	.elv
emacs-lisp	.el	.emacs	.emacs.desktop	=.abbrev_defs	=.emacs	=.emacs.desktop	=.gnus	=.spacemacs	=.viper	=Cask	=Eask	=Project.ede	=_emacs	=abbrev_defs
emberscript	.em	.emberscript
eq	.eq
erb	.erb	.erb.deface	.rhtml
erlang	.app	.app.src	.erl	.es	.escript	.hrl	.xrl	.yrl	=Emakefile	=rebar.config	=rebar.config.lock	=rebar.lock
factor	.factor	=.factor-boot-rc	=.factor-rc
fancy	.fancypack	.fy	=Fakefile
fantom	.fan
faust	.dsp
fennel	.fnl
figlet-font	.flf
firrtl	.fir
fish	.fish
flatbuffers	.fbs
flix	.flix
fluent	.ftl
flux	.flux	.fx
formatted	.eam.fs	.for
forth	.4th	.forth	.frt	.fth
fortran	.f	.f77
fortran-free-form	.f03	.f08	.f90	.f95
fpp	.fpp	.fppi
freebasic	.bi
freemarker	.ftlh
frege	.fr
fsharp	.fs	.fsi	.fsx
fstar	.fst	.fsti
futhark	.fut
g-code	.cnc	.g	.gco	.gcode
game-maker-language	.gml
gaml	.gaml
gams	.gms
gap	.gap	.gi	.tst
gdb	.gdb	.gdbinit
gdscript	.gd
gdshader	.gdshader	.gdshaderinc
gedcom	.ged
gemfile.lock	=Gemfile.lock
gemini	.gmi
genero-4gl	.4gl
genero-per	.per
genie	.gs
genshi	.kid
gentoo-ebuild	.ebuild
gentoo-eclass	.eclass
gerber-image	.cmp	.gbl	.gbo	.gbp	.gbr	.gbs	.gko	.gpb	.gpt	.gtl	.gto	.gtp
gettext-catalog	.po	.pot
gherkin	.feature	.story
git-attributes	=.gitattributes
git-commit	=.gitmessage	=COMMIT_EDITMSG
git-config	.gitconfig	=.gitconfig	=.gitmodules	=.tgitconfig	=config.worktree
git-revision-list	=.git-blame-ignore-revs
gleam	.gleam
glimmer-js	.gjs
glimmer-ts	.gts
glsl	.fp	.frg	.fsh	.fshader	.geo	.geom	.glsl	.glslf	.glslv	.gshader	.rchit	.rmiss	.tesc	.tese	.vert	.vrx	.vs	.vsh	.vshader
glyph	.glf
glyph-bitmap-distribution-format	.bdf
gn	.gn	.gni	=.gn
gno	.gno
gnuplot	.gnu	.gnuplot	.gp	.plot	.plt
go	.go
go-checksums	=go.sum	=go.work.sum
go-module	=go.mod
go-template	.gohtml	.gotmpl	.html.tmpl	.tmpl	=_helpers.tpl
go-workspace	=go.work
godot-resource	.gdnlib	.gdns	.tres	.tscn	=project.godot
golo	.golo
gosu	.gsx	.vark
grace	.grace
gradle	.gradle
gradle-kotlin-dsl	.gradle.kts
grammatical-framework	.gf
graphql	.gql	.graphql	.graphqls
graphviz	.dot	.gv
groovy	.groovy	.grt	.gtpl	.gvy	=Jenkinsfile
groovy-server-pages	.gsp
gsc	.csc	.gsc	.gsh
gtkrc	.gtkrc	=gtkrc	=gtkrc-2.0
hack	.hack	.hhi
haml	.haml	.haml.deface
handlebars	.handlebars	.hbs
haproxy	.cfg	=haproxy.cfg
harbour	.hb
hare	.ha
haskell	.hs	.hs-boot	.hsc
haxe	.hx	.hxsl
hcl	.hcl	.nomad	.tf	.tfvars	.tofu
hip	.hip
hiveql	.hql	.q
hlsl	.cginc	.fxh	.hlsl	.hlsli
hocon	.hocon	=.scalafix.conf	=.scalafmt.conf
holyc	.hc
hoon	.hoon
hosts-file	=hosts.txt
html	.hta	.htm	.html	.html.hl	.xht	.xhtml
html+php	.phtml
http	.http
hurl	.hurl
hxml	.hxml
hy	.hy
icalendar	.ical	.ics
idl	.dlm	.pro
idris	.idr	.lidr
ignore-list	.gitignore	=.agignore	=.atomignore	=.babelignore	=.bzrignore	=.ckignore	=.coffeelintignore	=.cvsignore	=.dockerignore	=.easignore	=.eleventyignore	=.eslint-ignore	=.eslintignore	=.gitignore	=.ignore	=.markdownlintignore	=.nodemonignore	=.npmignore	=.prettierignore	=.rgignore	=.stylelintignore	=.vercelignore	=.vscodeignore	=gitignore-global	=gitignore_global
igor-pro	.ipf
il-assembly	.il
imagej-macro	.ijm
imba	.imba
imhex-pattern-language	.hexpat
inform-7	.i7x	.ni
ini	.cnf	.container	.dof	.frm	.ini	.lektorproject	.mount	.network	.prefs	.service	.socket	.target	.timer	.url	=.buckconfig	=.coveragerc	=.flake8	=.gitreview	=.pylintrc	=HOSTS	=buildozer.spec	=hosts	=pylintrc	=vlcrc
ink	.ink
inno-setup	.isl	.iss
io	.io
ioke	.ik
irc-log	.irclog	.weechatlog
isabelle	.thy
isabelle-root	=ROOT
ispc	.ispc
j	.ijs
jac	.jac
jai	.jai
janet	.janet
jar-manifest	=MANIFEST.MF
jass	.j
java	.jav	.java	.jsh
java-properties	.properties
java-server-pages	.jsp	.tag
java-template-engine	.jte
javascript	._js	.bones	.cjs	.es6	.frag	.jake	.javascript	.js	.jsb	.jscad	.jsfl	.jslib	.jsm	.jspre	.jss	.jsx	.mjs	.njs	.pac	.sjs	.ssjs	.xsjs	.xsjslib	=Jakefile
javascript+erb	.js.erb
jcl	.jcl
jest-snapshot	.snap
jetbrains-mps	.mpl	.mps	.msd
jflex	.flex	.jflex
jinja	.j2	.jinja	.jinja2
jison	.jison
jison-lex	.jisonlex
jolie	.iol	.ol
json	.4DForm	.4DProject	.JSON-tmLanguage	.avsc	.geojson	.gltf	.har	.json	.json.example	.jsonl	.mcmeta	.sarif	.slnlaunch	.tfstate	.tfstate.backup	.topojson	.webapp	.webmanifest	.yy	.yyp	=.all-contributorsrc	=.arcconfig	=.auto-changelog	=.c8rc	=.htmlhintrc	=.imgbotconfig	=.nycrc	=.releaserc	=.secrets.baseline	=.tern-config	=.tern-project	=.watchmanconfig	=MODULE.bazel.lock	=Package.resolved	=Pipfile.lock	=bun.lock	=composer.lock	=deno.lock	=flake.lock	=mcmod.info
json-with-comments	.code-snippets	.code-workspace	.hujson	.jsonc	.sublime-build	.sublime-color-scheme	.sublime-commands	.sublime-completions	.sublime-keymap	.sublime-macro	.sublime-menu	.sublime-mousemap	.sublime-project	.sublime-settings	.sublime-theme	.sublime-workspace	.sublime_metrics	.sublime_session	.tsconfig.json	=.babelrc	=.devcontainer.json	=.eslintrc.json	=.jscsrc	=.jshintrc	=.jslintrc	=.oxlintrc.json	=.swcrc	=api-extractor.json	=devcontainer.json	=jsconfig.json	=language-configuration.json	=tsconfig.json	=tslint.json
json5	.json5
jsoniq	.jq
jsonld	.jsonld
jsonnet	.jsonnet	.libsonnet
julia	.jl
jupyter-notebook	.ipynb	=Notebook
just	.just	=.JUSTFILE	=.Justfile	=.justfile	=JUSTFILE	=Justfile	=justfile
kaitai-struct	.ksy
kakounescript	.kak	=kakrc
kcl	.k	=kcl.mod	=kcl.mod.lock
kdl	.kdl
kerboscript	.ks
kicad-layout	.kicad_mod	.kicad_pcb	.kicad_wks	=fp-lib-table
kicad-legacy-layout	.brd
kicad-schematic	.kicad_sch	.kicad_sym
kit	.kit
koka	.kk
kolmafia-ash	.ash
kotlin	.kt	.ktm	.kts
krl	.krl
kusto	.csl	.kql
kvlang	.kv
labview	.lvclass	.lvlib	.lvproj
langium	.langium
lark	.lark
lasso	.las	.lasso	.lasso8	.lasso9
latte	.latte
lean	.hlean	.lean
leo	.leo
less	.less
lex	.l	.lex	=Lexer.x	=lexer.x
lfe	.lfe
ligolang	.ligo
lilypond	.ily	.ly
linker-script	.ld	.lds	=ld.script
linux-kernel-module	.mod
liquid	.liquid
liquidsoap	.liq
literate-agda	.lagda
literate-coffeescript	.coffee.md	.litcoffee
literate-haskell	.lhs
livecode-script	.livecodescript
livescript	._ls	.ls	=Slakefile
llvm	.ll
lobster	.lobster
logos	.xi	.xm
logtalk	.lgt	.logtalk
lolcode	.lol
lookml	.lkml	.lookml
lsl	.lsl	.lslp
lua	.fcgi	.lua	.nse	.p8	.pd_lua	.rbxs	.rockspec	.wlua	=.luacheckrc
luau	.luau
m	.mumps
m3u	.m3u	.m3u8
m4	.m4
m4sugar	=configure.ac
macaulay2	.m2
makefile	.mak	.make	.makefile	.mk	.mkfile	=BSDmakefile	=GNUmakefile	=Kbuild	=Makefile	=Makefile.am	=Makefile.boot	=Makefile.frag	=Makefile.in	=Makefile.inc	=Makefile.pc	=Makefile.wat	=makefile	=makefile.sco	=mkfile
mako	.mako	.mao
markdown	.livemd	.markdown	.md	.mdown	.mdwn	.mkd	.mkdn	.mkdown	.ronn	.scd	.workbook	=contents.lr
marko	.marko
mask	.mask
matlab	.matlab
maven-pom	=pom.xml
max	.maxhelp	.maxpat	.maxproj	.mxt	.pat
maxscript	.mcr	.ms
mcfunction	.mcfunction
mdx	.mdx
mermaid	.mermaid	.mmd
meson	=meson.build	=meson_options.txt
metal	.metal
metta	.metta
microsoft-visual-studio-solution	.sln
minid	.minid
miniyaml	.yaml
minizinc	.mzn
minizinc-data	.dzn
mint	.mint
mirah	.druby	.duby	.mirah
mirc-script	.mrc
mlir	.mlir
modelica	.mo
modula-3	.i3	.ig	.m3	.mg
module-management-system	.mmk	.mms	=descrip.mmk	=descrip.mms
mojo	.mojo
monkey	.monkey	.monkey2
monkey-c	.mc
moocode	.moo
moonbit	.mbt
moonscript	.moon
motorola-68k-assembly	.x68
move	.move
mql4	.mq4	.mqh
mql5	.mq5
mtml	.mtml
muf	.muf
mupad	.mu
muse	.muse
mustache	.mustache
myghty	.myt
nanorc	.nanorc	=.nanorc	=nanorc
nasal	.nas
nasl	.nasl
ncl	.ncl
nearley	.ne	.nearley
nemerle	.n
neon	.neon
nesc	.nc
netlinx	.axi	.axs
netlinx+erb	.axi.erb	.axs.erb
netlogo	.nlogo
nextflow	.nf	=nextflow.config
nginx	.nginx	.nginxconf	=nginx.conf
nim	.nim	.nim.cfg	.nimble	.nimrod	.nims	=nim.cfg
ninja	.ninja
nit	.nit
nix	.nix
nl	.nl
noir	.nr
npm-config	=.npmrc
nsis	.nsh	.nsi
nu	.nu	=Nukefile
numpy	.numpy	.numpyw	.numsc
nunjucks	.njk
nwscript	.nss
oberon	.ob2
objdump	.objdump
object-data-instance-notation	.odin
objective-c	.m
objective-c++	.mm
objective-j	.sj
ocaml	.eliom	.eliomi	.ml	.ml4	.mli	.mll	.mly
omgrofl	.omgrofl
omnetpp-msg	.msg
omnetpp-ned	.ned
ooc	.ooc
opa	.opa
opal	.opal
open-policy-agent	.rego
opencl	.opencl
openedge-abl	.p
openqasm	.qasm
openscad	.scad
openstep-property-list	.glyphs	.plist
opentype-feature-file	.fea
option-list	=.ackrc	=.rspec	=.yardopts	=ackrc	=mocha.opts
org	.org
overpassql	.overpassql
overpy	.opy
ox	.ox	.oxh	.oxo
oxygene	.oxygene
oz	.oz
p4	.p4
pact	.pact
pan	.pan
papyrus	.psc
parrot	.parrot
parrot-assembly	.pasm
parrot-internal-representation	.pir
pascal	.dfm	.dpr	.lpr	.pas	.pascal
pawn	.pwn	.sma
pddl	.pddl
peg.js	.peggy	.pegjs
pep8	.pep
perl	.cgi	.perl	.ph	.pl	.plx	.pm	.psgi	=.latexmkrc	=Makefile.PL	=Rexfile	=ack	=cpanfile	=latexmkrc
php	.aw	.ctp	.php	.php3	.php4	.php5	.phps	.phpt	=.php	=.php_cs	=.php_cs.dist	=Phakefile
pic	.chem	.pic
pickle	.pkl
piglatin	.pig
pike	.pike	.pmod
pip-requirements	=dev-requirements.txt	=requirements-dev.txt	=requirements.lock.txt	=requirements.txt
pkg-config	.pc.in
plantuml	.iuml	.plantuml	.puml
plpgsql	.pgsql
plsql	.bdy	.fnc	.pck	.pkb	.pks	.plb	.pls	.plsql	.spc	.tpb	.tps	.trg	.vw
pod	.pod
pod-6	.pod6
pogoscript	.pogo
polar	.polar
pony	.pony
portugol	.por
postcss	.pcss	.postcss
postscript	.eps	.epsi	.pfa	.ps
pov-ray-sdl	.pov
power-query	.pq
powerbuilder	.pbt	.sra	.sru	.srw
powershell	.ps1	.psd1	.psm1
praat	.praat
prisma	.prisma
pro*c	.pc
processing	.pde
procfile	=Procfile
prolog	.prolog	.yap
promela	.pml
propeller-spin	.spin
protocol-buffer	.proto
protocol-buffer-text-format	.pbtxt	.textproto	.txtpb
public-key	.pub
pug	.jade	.pug
puppet	.pp	=Modulefile
pure-data	.pd
purebasic	.pb	.pbi
purescript	.purs
pyret	.arr
python	.gyp	.gypi	.lmi	.py	.py3	.pyde	.pyi	.pyp	.pyt	.pyw	.tac	.wsgi	.xpy	=.gclient	=DEPS	=SConscript	=SConstruct	=wscript
python-traceback	.pytb
qmake	.pri
qml	.qbs	.qml
qsharp	.qs
qt-script	=installscript.qs	=toolchain_installscript.qs
quake	=m3makefile	=m3overrides
quakec	.qc
quartus-simulation-ip	.sip
quint	.qnt
r	.r	.rd	.rhistory	.rsx	=.Rapp.history	=.Rhistory	=.Rprofile	=expr-dist
racket	.rkt	.rktd	.rktl	.scrbl
ragel	.rl
raku	.6pl	.6pm	.nqp	.p6	.p6l	.p6m	.pl6	.pm6	.raku	.rakumod
raml	.raml
rascal	.rsc
rascript	.rascript
raw-token-data	.raw
razor	.cshtml	.razor
rbs	.rbs
rdoc	.rdoc
readline-config	=.inputrc	=inputrc
realbasic	.rbbas	.rbfrm	.rbmnu	.rbres	.rbtbar	.rbuistate
reason	.re	.rei
reasonligo	.religo
rebol	.r2	.r3	.reb	.rebol
record-jar	=language-subtag-registry.txt
red	.red
redcode	.cw
redirect-rules	=_redirects
redscript	.reds
regular-expression	.regex	.regexp
renderscript	.rsh
renpy	.rpy
rescript	.res	.resi
restructuredtext	.rest	.rest.txt	.rst	.rst.txt
rexx	.pprx	.rex	.rexx
rhai	.rhai
rich-text-format	.rtf
ring	.ring
riot	.riot
rmarkdown	.qmd	.rmd
robotframework	.resource	.robot
robots-exclusion-rules	=robots.txt
roc	.roc
rocq-prover	.coq
roff	.1in	.1m	.1x	.2	.3	.3in	.3m	.3p	.3pm	.3qt	.3x	.4	.5	.6	.7	.8	.9	.man	.mdoc	.me	.roff	.tmac	=eqnrc	=mmn	=mmt	=troffrc	=troffrc-end
roff-manpage	.1
ron	.ron
ros-interface	.action	.srv
rouge	.rg
rpgle	.rpgle	.sqlrpgle
rpm-spec	.spec
ruby	.builder	.eye	.gemspec	.god	.jbuilder	.mspec	.pluginspec	.podspec	.prawn	.rabl	.rake	.rb	.rbi	.rbuild	.rbw	.rbx	.ru	.ruby	.thor	.watchr	=.irbrc	=.pryrc	=.simplecov	=Appraisals	=Berksfile	=Brewfile	=Buildfile	=Capfile	=Dangerfile	=Deliverfile	=Fastfile	=Gemfile	=Guardfile	=Jarfile	=Mavenfile	=Podfile	=Puppetfile	=Rakefile	=Snapfile	=Steepfile	=Thorfile	=Vagrantfile	=buildfile
runoff	.rnh	.rno
rust	.rs	.rs.in
sage	.sage	.sagews
sail	.sail
salt	.sls
sas	.sas
sass	.sass
scala	.kojo	.sbt	.scala
scaml	.scaml
scenic	.scenic
scheme	.scm	.sld	.sps	.ss
scilab	.sce	.sci
scss	.scss
sed	.sed
self	.self
selinux-policy	.te	=file_contexts	=genfs_contexts	=initial_sids	=port_contexts	=security_classes
shaderlab	.shader
shell	.bash	.bats	.command	.ksh	.pacscript	.sbatch	.sh	.sh.in	.slurm	.tmux	.tool	.trigger	.zsh	.zsh-theme	=.bash_aliases	=.bash_functions	=.bash_history	=.bash_logout	=.bash_profile	=.bashrc	=.cshrc	=.envrc	=.flaskenv	=.kshrc	=.login	=.profile	=.tmux.conf	=.xinitrc	=.xsession	=.zlogin	=.zlogout	=.zprofile	=.zshenv	=.zshrc	=9fs	=PKGBUILD	=bash_aliases	=bash_logout	=bash_profile	=bashrc	=cshrc	=gradlew	=kshrc	=login	=man	=mvnw	=profile	=tmux.conf	=xinitrc	=xsession	=zlogin	=zlogout	=zprofile	=zshenv	=zshrc
shellcheck-config	=.shellcheckrc
shellsession	.sh-session
shen	.shen
sieve	.sieve
simple-file-verification	.sfv
singularity	=Singularity
slang	.slang
slash	.sl
slice	.ice
slim	.slim
slint	.slint
smali	.smali
smalltalk	.st
smarty	.tpl
smithy	.smithy
smpl	.cocci
smt	.smt	.smt2	.z3
snakemake	.smk	.snakefile	=Snakefile
solidity	.sol
soong	=Android.bp
sourcepawn	.sp
sparql	.rq	.sparql
spicedb-schema	.zed
spline-font-database	.sfd
sqf	.hqf	.sqf
sql	.ddl	.mysql	.prc	.sql	.tab	.udf	.viw
sqlpl	.db2
squirrel	.nut
srecode-template	.srt
ssh-config	=ssh-config	=ssh_config	=sshconfig	=sshconfig.snip	=sshd-config	=sshd_config
stan	.stan
standard-ml	.fun	.sig	.sml
star	.star
starlark	.bzl	=BUCK	=BUILD	=BUILD.bazel	=MODULE.bazel	=Tiltfile	=WORKSPACE	=WORKSPACE.bazel	=WORKSPACE.bzlmod
stata	.ado	.do	.doh	.ihlp	.mata	.matah	.sthlp
stl	.stl
ston	.ston
stylus	.styl
sugarss	.sss
supercollider	.sc
surrealql	.surql
survex-data	.svx
svelte	.svelte
svg	.svg
sway	.sw
sweave	.rnw
swift	.swift
swig	.i	.swg	.swig
systemverilog	.sv	.svh	.vh
tact	.tact
talon	.talon
tape	.tape
tcl	.adp	.sdc	.tcl	.tcl.in	.tm	.xdc	=owh	=starfield
tcsh	.csh	.tcsh
tea	.tea
teal	.tl
templ	.templ
terra	.t
terraform-template	.tftpl
tex	.aux	.bbx	.cbx	.dtx	.ins	.lbx	.ltx	.mkii	.mkiv	.mkvi	.sty	.tex
texinfo	.texi	.texinfo	.txi
text	.nb	.no	.txt	=CITATION	=CITATIONS	=COPYING	=COPYING.regex	=COPYRIGHT.regex	=FONTLOG	=INSTALL	=INSTALL.mysql	=LICENSE	=LICENSE.mysql	=NEWS	=README.me	=README.mysql	=README.nss	=README.pc	=click.me	=delete.me	=keep.me	=package.mask	=package.use.mask	=package.use.stable.mask	=read.me	=readme.1st	=test.me	=use.mask	=use.stable.mask
textgrid	.TextGrid
textile	.textile
textmate-properties	=.tm_properties
thrift	.thrift
ti-program	.8xp	.8xp.txt
tl-verilog	.tlv
tla	.tla
tmdl	.tmdl
toit	.toit
tolk	.tolk
toml	.toml	.toml.example	=Cargo.lock	=Cargo.toml.orig	=Gopkg.lock	=Pipfile	=mise.local.lock	=mise.lock	=pdm.lock	=poetry.lock	=uv.lock
tor-config	=torrc
tsplib-data	.tsp
tsv	.tsv
tsx	.tsx
turing	.tu
turtle	.ttl
twig	.twig
txl	.txl
typescript	.cts	.mts	.ts
typst	.typ
unified-parallel-c	.upc
unity3d-asset	.anim	.asset	.mat	.meta	.prefab	.unity
unix-assembly	.s
uno	.uno
unrealscript	.uc
untyped-plutus-core	.uplc
urweb	.ur	.urs
vala	.vala	.vapi
valve-data-format	.vdf	.vmf
vb6	.Dsr	.ctl
vba	.vba
vbnet	.vb	.vbhtml
vbscript	.vbs
vcard	.vcf
vcl	.vcl
velocity-template-language	.vtl
vento	.vto
verilog	.v	.veo
verse	.verse
vespa-schema-definition	.sd
vhdl	.vhd	.vhdl	.vhf	.vhi	.vho	.vhs	.vht	.vhw
vim-script	.vim	.vimrc	.vmb	=.exrc	=.gvimrc	=.nvimrc	=.vimrc	=_vimrc	=gvimrc	=nvimrc	=vimrc
vim-snippet	.snip	.snippet	.snippets
volt	.volt
vue	.vue
vyper	.vy
wavefront-material	.mtl
wavefront-object	.obj
wdl	.wdl
web-ontology-language	.owl
webassembly	.wast	.wat
webassembly-interface-type	.wit
webidl	.webidl
webvtt	.vtt
wget-config	=.wgetrc
wgsl	.wgsl
whiley	.whiley
wikitext	.mediawiki	.wiki	.wikitext
windows-registry-entries	.reg
wisp	.wisp
witcher-script	.ws
wolfram-language	.cdf	.ma	.mathematica	.mt	.nbp	.wl	.wls	.wlt
wollok	.wlk
world-of-warcraft-addon-data	.toc
wren	.wren
x-bitmap	.xbm
x-font-directory-index	=encodings.dir	=fonts.alias	=fonts.dir	=fonts.scale
x-pixmap	.xpm
x10	.x10
xbase	.prg	.prw
xc	.xc
xcompose	=.XCompose	=XCompose	=xcompose
xmake	=xmake.lua
xml	.adml	.admx	.ant	.axaml	.axml	.builds	.ccproj	.ccxml	.clixml	.cproject	.cscfg	.csdef	.csproj	.ct	.depproj	.dita	.ditamap	.ditaval	.dll.config	.dotsettings	.filters	.fsproj	.fxml	.glade	.gmx	.gpx	.grxml	.gst	.hzp	.icls	.iml	.ivy	.jelly	.jsproj	.kml	.launch	.mdpolicy	.meta4	.mjml	.mxml	.natvis	.ndproj	.nproj	.nuspec	.odd	.osm	.pkgproj	.proj	.props	.ps1xml	.psc1	.pt	.pubxml	.qhelp	.rbxmx	.rdf	.resx	.rss	.scxml	.sfproj	.shproj	.slnx	.srdf	.storyboard	.sublime-snippet	.targets	.tml	.ui	.urdf	.ux	.vbproj	.vcxproj	.vsixmanifest	.vssettings	.vstemplate	.vxml	.wixproj	.workflow	.wsdl	.wsf	.wxi	.wxl	.wxs	.x3d	.xacro	.xaml	.xib	.xlf	.xliff	.xmi	.xml	.xml.dist	.xmp	.xproj	.xsd	.xspec	.xul	.zcml	=.classpath	=.cproject	=.project	=App.config	=NuGet.config	=Settings.StyleCop	=Web.Debug.config	=Web.Release.config	=Web.config	=packages.config
xml-property-list	.stTheme	.tmCommand	.tmLanguage	.tmPreferences	.tmSnippet	.tmTheme
xojo	.xojo_code	.xojo_menu	.xojo_report	.xojo_script	.xojo_toolbar	.xojo_window
xonsh	.xsh
xpages	.xsp-config	.xsp.metadata
xproc	.xpl	.xproc
xquery	.xq	.xql	.xqm	.xquery	.xqy
xs	.xs
xslt	.xsl	.xslt
xtend	.xtend
yacc	.y	.yacc
yaml	.mir	.reek	.rviz	.sublime-syntax	.syntax	.yaml-tmlanguage	.yaml.sed	.yml	.yml.mysql	=.clang-format	=.clang-tidy	=.clangd	=.eslintrc	=.gemrc	=CITATION.cff	=glide.lock	=pixi.lock	=yarn.lock
yang	.yang
yara	.yar	.yara
yasnippet	.yasnippet
yul	.yul
zap	.xzap	.zap
zeek	.bro	.zeek
zenscript	.zs
zephir	.zep
zig	.zig	.zig.zon
zil	.mud	.zil
zimpl	.zimpl	.zmpl	.zpl
zmodel	.zmodel
`;
