"""The literature that theorems lean on, each said once."""

SAXE_2014 = "Saxe, McClelland & Ganguli (2014), Exact solutions to the nonlinear dynamics of learning, arXiv 1312.6120"
PASCANU_2013 = "Pascanu, Mikolov & Bengio (2013), On the difficulty of training recurrent neural networks, ICML"
BENGIO_1994 = "Bengio, Simard & Frasconi (1994), Learning long-term dependencies is difficult, IEEE TNN 5(2)"
RUMELHART_1986 = "Rumelhart, Hinton & Williams (1986), Learning representations by back-propagating errors, Nature 323"
WERBOS_1990 = "Werbos (1990), Backpropagation through time, Proceedings of the IEEE 78(10)"
DU_2018 = "Du, Hu & Lee (2018), Algorithmic regularization in learning deep homogeneous models, NeurIPS"
GIL_PELAEZ_1951 = "Gil-Pelaez (1951), Note on the inversion theorem, Biometrika 38"
NEWMAN_1986 = "Newman (1986), The distribution of Lyapunov exponents, Communications in Mathematical Physics 103"
COHEN_NEWMAN_1984 = "Cohen & Newman (1984), The stability of large random matrices and their products, Ann. Probab. 12"
HANIN_NICA_2020 = (
    "Hanin & Nica (2020), Products of many large random matrices and gradients in deep neural networks, CMP 376"
)
HENRICI_1962 = (
    "Henrici (1962), Bounds for iterates, inverses, spectral variation of non-normal matrices, Numer. Math. 4"
)
HORN_JOHNSON_2013 = "Horn & Johnson (2013), Matrix Analysis, second edition, Cambridge, 2.6.3, 3.1 and 3.2.5"
KREISS_1962 = (
    "Kreiss (1962), Über die Stabilitätsdefinition für Differenzengleichungen die partielle Differentialgleichungen "
    "approximieren, BIT 2"
)
SPIJKER_1991 = (
    "Spijker (1991), On a conjecture by LeVeque and Trefethen related to the Kreiss matrix theorem, BIT 31, 551-555"
)
TREFETHEN_EMBREE_2005 = "Trefethen & Embree (2005), Spectra and Pseudospectra, Princeton, chapters 14 to 18"
GELFAND_1941 = "Gelfand (1941), Normierte Ringe, Matematicheskii Sbornik 9"
BAI_YIN_1988 = "Yin, Bai & Krishnaiah (1988), On the limit of the largest eigenvalue, Probab. Theory Relat. Fields 78"
BAI_YIN_WIGNER_1988 = "Bai & Yin (1988), Convergence of the largest eigenvalue of the Wigner matrix, Ann. Probab. 16"
CHIANI_2014 = (
    "Chiani (2014), Distribution of the largest eigenvalue for real Wishart and Gaussian random matrices and a simple "
    "approximation for the Tracy-Widom distribution, J. Multivariate Anal. 129, arXiv 1209.3394"
)
MUIRHEAD_1982 = "Muirhead (1982), Aspects of Multivariate Statistical Theory, Wiley, theorem 3.2.18"
DE_BRUIJN_1955 = "de Bruijn (1955), On some multiple integrals involving determinants, J. Indian Math. Soc. 19"
GINIBRE_1965 = "Ginibre (1965), Statistical ensembles of complex, quaternion, and real matrices, J. Math. Phys. 6"
JANSON_1997 = "Janson (1997), Gaussian Hilbert Spaces, Cambridge University Press"
MIGDAL_1983 = "Migdal (1983), Loop equations and 1/N expansion, Physics Reports 102"
KOSTLAN_1992 = "Kostlan (1992), On the spectra of Gaussian matrices, Linear Algebra Appl. 162-164"
RIDER_2003 = "Rider (2003), A limit theorem at the edge of a non-Hermitian random matrix ensemble, J. Phys. A 36"
MA_2012 = (
    "Ma (2012), Accuracy of the Tracy-Widom limits for the extreme eigenvalues in white Wishart matrices, Bernoulli 18"
)
FERRARI_SPOHN_2005 = (
    "Ferrari & Spohn (2005), A determinantal formula for the GOE Tracy-Widom distribution, J. Phys. A 38"
)
BORNEMANN_2010 = "Bornemann (2010), On the numerical evaluation of Fredholm determinants, Math. Comp. 79"
JOHNSTONE_2001 = (
    "Johnstone (2001), On the distribution of the largest eigenvalue in principal components analysis, Ann. Statist. 29"
)
TRACY_WIDOM_1996 = "Tracy & Widom (1996), On orthogonal and symplectic matrix ensembles, CMP 177"
TSIRELSON_1976 = "Tsirelson, Ibragimov & Sudakov (1976), Norms of Gaussian sample functions, Lecture Notes in Math. 550"
GORDON_1985 = "Gordon (1985), Some inequalities for Gaussian processes and applications, Israel J. Math. 50"
DAVIDSON_SZAREK_2001 = (
    "Davidson & Szarek (2001), Local operator theory, random matrices and Banach spaces, Handbook of the Geometry of "
    "Banach Spaces I, theorem II.13"
)
CHERNOFF_1952 = (
    "Chernoff (1952), A measure of asymptotic efficiency for tests of a hypothesis based on the sum of observations, "
    "Ann. Math. Statist. 23"
)
OSELEDETS_1968 = (
    "Oseledets (1968), A multiplicative ergodic theorem, Transactions of the Moscow Mathematical Society 19"
)
SCHRAUDOLPH_2002 = (
    "Schraudolph (2002), Fast curvature matrix-vector products for second-order gradient descent, Neural Computation 14"
)
ISSERLIS_1918 = "Isserlis (1918), On a formula for the product-moment coefficient of any order, Biometrika 12"
JAMES_1961 = "James (1961), Zonal polynomials of the real positive definite symmetric matrices, Ann. of Math. 74"
PYTORCH_LINEAR = (
    "PyTorch (2024), torch.nn.Linear and torch.nn.RNN: weights uniform on ±1/sqrt(in_features), ±1/sqrt(hidden_size)"
)
SINGLE_RING_2011 = "Guionnet, Krishnapur & Zeitouni (2011), The single ring theorem, Annals of Mathematics 174"
GUIONNET_ZEITOUNI_2012 = (
    "Guionnet & Zeitouni (2012), Support convergence in the single ring theorem, Probab. Theory Relat. Fields 154"
)
BENAYCH_GEORGES_2015 = (
    "Benaych-Georges (2015), Exponential bounds for the support convergence in the single ring theorem, "
    "J. Funct. Anal. 268"
)
SPRINGER_THOMPSON_1970 = (
    "Springer & Thompson (1970), The distribution of products of beta, gamma and Gaussian random variables, "
    "SIAM J. Appl. Math. 18"
)
HE_2016 = "He, Zhang, Ren & Sun (2016), Deep residual learning for image recognition, CVPR, arXiv 1512.03385"
ZHANG_2019 = "Zhang, Dauphin & Ma (2019), Fixup initialization, arXiv 1901.09321"
MARCHENKO_PASTUR_1967 = (
    "Marchenko & Pastur (1967), Distribution of eigenvalues in some sets of random matrices, Mat. Sb. 72"
)
VOICULESCU_1987 = "Voiculescu (1987), Multiplication of certain non-commuting random variables, J. Operator Theory 18"
MULLER_2002 = (
    "Müller (2002), On the asymptotic eigenvalue distribution of concatenated vector-valued fading channels, "
    "IEEE Trans. IT 48"
)
ALEXEEV_2010 = (
    "Alexeev, Götze & Tikhomirov (2010), On the asymptotic distribution of singular values of products of large "
    "rectangular random matrices, arXiv 1012.2586"
)
ZUCCHET_2024 = (
    "Zucchet & Orvieto (2024), Recurrent neural networks: vanishing and exploding gradients are not the end of the "
    "story, NeurIPS, arXiv 2405.21064"
)
ALEXEEV_POWERS_2010 = (
    "Alexeev, Götze & Tikhomirov (2010), Asymptotic distribution of singular values of powers of random matrices, "
    "Lithuanian Math. J. 50, arXiv 1002.4442"
)
BANICA_2011 = "Banica, Belinschi, Capitaine & Collins (2011), Free Bessel laws, Canadian Journal of Mathematics 63"
PENSON_ZYCZKOWSKI_2011 = (
    "Penson & Życzkowski (2011), Product of Ginibre matrices: Fuss-Catalan and Raney distributions, Phys. Rev. E 83"
)
FORRESTER_LIU_2015 = "Forrester & Liu (2015), Raney distributions and random matrix theory, J. Stat. Phys. 158"
BANDEIRA_2023 = (
    "Bandeira, Boedihardjo & van Handel (2023), Matrix concentration inequalities and free probability, "
    "Inventiones Mathematicae 234"
)
HAAGERUP_THORBJORNSEN_2005 = (
    "Haagerup & Thorbjørnsen (2005), A new application of random matrices: Ext(C*_red(F_2)) is not a group, "
    "Annals of Mathematics 162"
)
BAI_YIN_1986 = (
    "Bai & Yin (1986), Limiting behavior of the norm of products of random matrices and two problems of Geman-Hwang, "
    "Probab. Theory Relat. Fields 73"
)
BORDENAVE_2022 = (
    "Bordenave, Chafaï & García-Zelada (2022), Convergence of the spectral radius of a random matrix through its "
    "characteristic polynomial, Probab. Theory Relat. Fields 182"
)
ALT_2021 = (
    "Alt, Erdős & Krüger (2021), Spectral radius of random matrices with independent entries, "
    "Probability and Mathematical Physics 2"
)
RIDER_SINCLAIR_2014 = (
    "Rider & Sinclair (2014), Extremal laws for the real Ginibre ensemble, Annals of Applied Probability 24"
)
